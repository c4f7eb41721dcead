using static TorchSharp.torch;

namespace Orchestrator.Training.Metrics;

/// <summary>
/// The squared maximum mean discrepancy of two sets of features under the kernel (x.y / d + 1)^3, without bias: KID.
/// Binkowski et al.: Demystifying MMD GANs, ICLR 2018.
/// </summary>
public static class KernelDistance
{
    /// <summary>The estimate over all pairs; around 0 for sets of one distribution, so it can be a little below.</summary>
    /// <param name="first">Samples (2 or more) x features.</param>
    /// <param name="second">Samples (2 or more) x features.</param>
    public static double Between(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (first.to(ScalarType.Float64), second.to(ScalarType.Float64));
        return MeanOfPairs(x) + MeanOfPairs(y) - (2 * Kernel(x, y).mean().item<double>());
    }

    /// <summary>Mean over the pairs of different rows.</summary>
    private static double MeanOfPairs(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var kernel = Kernel(rows, rows);
        var count = rows.shape[0];
        return (kernel.sum() - kernel.trace()).item<double>() / (count * (count - 1.0));
    }

    private static Tensor Kernel(Tensor x, Tensor y) => ((x.matmul(y.t()) / x.shape[1]) + 1).pow(3);
}
