using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Training.Optimizers;

/// <summary>Stochastic gradient descent with momentum (Sutskever et al.: On the Importance of Initialization and Momentum, ICML 2013), as PyTorch has it.</summary>
internal sealed class SgdOptimizer : IFlatOptimizer
{
    private readonly TrainingOptions _options;
    private readonly Tensor _parameters;
    private readonly Tensor _gradients;
    private readonly Tensor _velocity;

    internal SgdOptimizer(TrainingOptions options, Tensor parameters, Tensor gradients)
    {
        (_options, _parameters, _gradients) = (options, parameters, gradients);
        _velocity = parameters.zeros_like().DetachFromDisposeScope();
        State = [("momentum_buffer", _velocity)];
    }

    public IReadOnlyList<(string Name, Tensor Values)> State { get; }

    public void Step(long step, double learningRate)
    {
        using var scope = NewDisposeScope();
        _velocity.mul_(_options.Momentum).add_(_gradients);
        if (_options.WeightDecay != 0)
            _velocity.add_(_parameters, _options.WeightDecay);
        _parameters.add_(_velocity, -learningRate);
    }

    public void Dispose() => _velocity.Dispose();
}
