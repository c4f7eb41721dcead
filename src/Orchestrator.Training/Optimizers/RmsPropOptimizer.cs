using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Training.Optimizers;

/// <summary>RMSProp (Tieleman and Hinton: Lecture 6.5, 2012), as PyTorch has it, without momentum.</summary>
internal sealed class RmsPropOptimizer : IFlatOptimizer
{
    private const double Epsilon = 1e-8;

    private readonly TrainingOptions _options;
    private readonly Tensor _parameters;
    private readonly Tensor _gradients;
    private readonly Tensor _square;

    internal RmsPropOptimizer(TrainingOptions options, Tensor parameters, Tensor gradients)
    {
        (_options, _parameters, _gradients) = (options, parameters, gradients);
        _square = parameters.zeros_like().DetachFromDisposeScope();
        State = [("square_avg", _square)];
    }

    public IReadOnlyList<(string Name, Tensor Values)> State { get; }

    public void Step(long step, double learningRate)
    {
        using var scope = NewDisposeScope();
        var gradient = _options.WeightDecay == 0 ? _gradients : _gradients + (_parameters * _options.WeightDecay);
        _square.mul_(_options.Beta2).addcmul_(gradient, gradient, 1 - _options.Beta2);
        _parameters.addcdiv_(gradient, _square.sqrt().add_(Epsilon), -learningRate);
    }

    public void Dispose() => _square.Dispose();
}
