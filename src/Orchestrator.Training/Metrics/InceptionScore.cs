using static TorchSharp.torch;

namespace Orchestrator.Training.Metrics;

/// <summary>
/// How sure a classifier is of each sample and how evenly the samples spread over the classes: exp(E KL(p(y|x) || p(y))), from 1 to the
/// number of classes. Salimans et al.: Improved Techniques for Training GANs, NIPS 2016.
/// </summary>
public static class InceptionScore
{
    /// <summary>Computes the score of one set, not split.</summary>
    /// <param name="probabilities">Samples x classes; each row sums to 1.</param>
    public static double Of(Tensor probabilities)
    {
        using var scope = NewDisposeScope();
        var conditional = probabilities.to(ScalarType.Float64).clamp(min: 1e-16);
        var marginal = conditional.mean([0], keepdim: true);
        return Math.Exp((conditional * (conditional.log() - marginal.log())).sum(1).mean().item<double>());
    }
}
