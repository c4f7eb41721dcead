using static TorchSharp.torch;

namespace Orchestrator.Training.Precision;

/// <summary>
/// What reduced layers compute with: the parameters rounded to bfloat16, and gradients of that type, laid out like the originals. An optimizer's step is
/// often less than what bfloat16 resolves (half a percent of a number), so it changes the originals. Micikevicius et al.: Mixed Precision Training, ICLR 2018.
/// </summary>
internal sealed class RoundedParameters : IDisposable
{
    internal RoundedParameters(long length, Device device)
    {
        Values = zeros(length, ScalarType.BFloat16, device).DetachFromDisposeScope();
        Gradients = Values.zeros_like().DetachFromDisposeScope();
    }

    internal Tensor Values { get; }

    /// <summary>Zero where a parameter's layer is not reduced.</summary>
    internal Tensor Gradients { get; }

    /// <summary>Adds the gradients of reduced layers to those of the others, and begins anew.</summary>
    internal void MoveGradientsTo(Tensor gradients)
    {
        gradients.add_(Gradients);
        Gradients.zero_();
    }

    public void Dispose()
    {
        Gradients.Dispose();
        Values.Dispose();
    }
}
