using static TorchSharp.torch;

namespace Orchestrator.Training.Engine;

/// <summary>Other values in the place of a network's parameters, until disposed.</summary>
internal sealed class ReplacedParameters : IDisposable
{
    private readonly FlatParameters _parameters;
    private readonly Tensor _kept;

    internal ReplacedParameters(FlatParameters parameters, Tensor replacement)
    {
        _parameters = parameters;
        _kept = parameters.Values.clone().DetachFromDisposeScope();
        Put(replacement);
    }

    public void Dispose()
    {
        Put(_kept);
        _kept.Dispose();
    }

    private void Put(Tensor values)
    {
        _parameters.Values.copy_(values);
        _parameters.Round();
    }
}
