using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Adversarial;

/// <summary>The losses, summed over rows, of the discriminator's outputs without a last sigmoid.</summary>
internal static class AdversarialLosses
{
    /// <summary>The discriminator's.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="real">Its outputs for real rows.</param>
    /// <param name="made">Its outputs for generated rows.</param>
    /// <param name="smoothing">How far below 1 the target of real rows is; of the standard loss alone (Salimans et al., NIPS 2016).</param>
    internal static Tensor Discriminator(AdversarialLoss kind, Tensor real, Tensor made, double smoothing) => kind switch
    {
        AdversarialLoss.Standard => CrossEntropy(real, 1 - smoothing) + CrossEntropy(made, 0),
        AdversarialLoss.LeastSquares => ((real - 1).square().sum() + made.square().sum()) * 0.5,
        AdversarialLoss.Hinge => (1 - real).relu().sum() + (1 + made).relu().sum(),
        AdversarialLoss.Wasserstein => made.sum() - real.sum(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown loss"),
    };

    /// <summary>The generator's.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="made">The discriminator's outputs for generated rows.</param>
    internal static Tensor Generator(AdversarialLoss kind, Tensor made) => kind switch
    {
        AdversarialLoss.Standard => CrossEntropy(made, 1),
        AdversarialLoss.LeastSquares => (made - 1).square().sum() * 0.5,
        AdversarialLoss.Hinge or AdversarialLoss.Wasserstein => -made.sum(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown loss"),
    };

    private static Tensor CrossEntropy(Tensor logits, double target) =>
        F.binary_cross_entropy_with_logits(logits, full_like(logits, target), reduction: nn.Reduction.Sum);
}
