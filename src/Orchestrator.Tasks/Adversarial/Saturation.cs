using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Adversarial;

/// <summary>A discriminator that is sure of everything, so that its generator has nothing to learn from. Arjovsky, Bottou: Towards Principled Methods for Training GANs, ICLR 2017.</summary>
internal static class Saturation
{
    private const double SureLoss = 0.01;
    private const double LostLoss = 5;

    /// <summary>The evidence in an epoch's losses, or null; only of the standard loss, the only one that saturates.</summary>
    internal static string? Sign(AdversarialLoss loss, IReadOnlyDictionary<string, double> metrics)
    {
        if (loss != AdversarialLoss.Standard)
            return null;
        var discriminator = metrics[MetricNames.TrainingLoss("discriminator")];
        var generator = metrics[MetricNames.TrainingLoss("generator")];
        return discriminator < SureLoss && generator > LostLoss
            ? FormattableString.Invariant($"the discriminator is sure of everything (its loss is {discriminator:G3}, the generator's {generator:G3})")
            : null;
    }
}
