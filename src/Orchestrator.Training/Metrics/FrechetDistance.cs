using static TorchSharp.torch;

namespace Orchestrator.Training.Metrics;

/// <summary>
/// The Fréchet distance of the normal distributions that fit two sets of features: FID.
/// Heusel et al.: GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium, NIPS 2017.
/// </summary>
public static class FrechetDistance
{
    /// <summary>|m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)), 0 or more.</summary>
    /// <param name="first">Samples (2 or more) x features.</param>
    /// <param name="second">Samples (2 or more) x features.</param>
    public static double Between(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        var (mean, covariance) = Fit(first);
        var (otherMean, otherCovariance) = Fit(second);
        // (C1 C2)^(1/2) has the eigenvalues of (C1^(1/2) C2 C1^(1/2))^(1/2), which is symmetric.
        var root = SquareRoot(covariance);
        var mixed = linalg.eigh(root.matmul(otherCovariance).matmul(root)).Item1.clamp(min: 0).sqrt().sum();
        var distance = (mean - otherMean).square().sum() + covariance.trace() + otherCovariance.trace() - (2 * mixed);
        return Math.Max(0, distance.item<double>());
    }

    private static (Tensor Mean, Tensor Covariance) Fit(Tensor features)
    {
        var rows = features.to(ScalarType.Float64);
        var mean = rows.mean([0]);
        var centred = rows - mean;
        return (mean, centred.t().matmul(centred) / (rows.shape[0] - 1));
    }

    private static Tensor SquareRoot(Tensor symmetric)
    {
        var (values, vectors) = linalg.eigh(symmetric);
        return (vectors * values.clamp(min: 0).sqrt()).matmul(vectors.t());
    }
}
