using static TorchSharp.torch;

namespace Orchestrator.Training.Engine;

/// <summary>Other values in the place of a network's parameters, until disposed.</summary>
internal sealed class ReplacedParameters : IDisposable
{
    private readonly Tensor _parameters;
    private readonly Tensor _kept;

    internal ReplacedParameters(Tensor parameters, Tensor replacement)
    {
        _parameters = parameters;
        _kept = parameters.clone().DetachFromDisposeScope();
        parameters.copy_(replacement);
    }

    public void Dispose()
    {
        _parameters.copy_(_kept);
        _kept.Dispose();
    }
}
