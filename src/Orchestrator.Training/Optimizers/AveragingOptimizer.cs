using static TorchSharp.torch;

namespace Orchestrator.Training.Optimizers;

/// <summary>Keeps a moving average of the parameters beside another optimizer's state, so that it is saved and resumed with it.</summary>
internal sealed class AveragingOptimizer : IFlatOptimizer
{
    /// <summary>Name of the average in <see cref="State"/>.</summary>
    internal const string AverageName = "ema";

    private readonly IFlatOptimizer _inner;
    private readonly Tensor _parameters;
    private readonly double _decay;

    internal AveragingOptimizer(IFlatOptimizer inner, Tensor parameters, double decay)
    {
        (_inner, _parameters, _decay) = (inner, parameters, decay);
        Average = parameters.clone().DetachFromDisposeScope();
        State = [.. inner.State, (AverageName, Average)];
    }

    public IReadOnlyList<(string Name, Tensor Values)> State { get; }

    /// <summary>The average.</summary>
    internal Tensor Average { get; }

    public void Step(long step, double learningRate)
    {
        _inner.Step(step, learningRate);
        // The first steps weigh more than they will, lest the average remember the random beginning.
        var decay = Math.Min(_decay, (1.0 + step) / (10.0 + step));
        Average.mul_(decay).add_(_parameters, 1 - decay);
    }

    public void Dispose()
    {
        Average.Dispose();
        _inner.Dispose();
    }
}
