using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Language;

/// <summary>Parameters that all language models have.</summary>
public record LanguageOptions : TrainingOptions
{
    /// <summary>Characters of a training sample: how far a model of limited sight can look back.</summary>
    /// <value>The default is 100.</value>
    [Range(1, 65536)]
    [Description("Characters of a training sample.")]
    public int Context { get; init; } = 100;

    /// <summary>Steps of an epoch: its samples begin anywhere in the text, so an epoch is not a pass over it.</summary>
    /// <value>The default is 100.</value>
    [Range(1, 1_000_000)]
    [Description("Steps of an epoch: samples begin anywhere in the text, so an epoch is not a pass over it.")]
    public int EpochSteps { get; init; } = 100;

    /// <summary>Share of probability that the training target spreads over all characters. Szegedy et al.: Rethinking the Inception Architecture, CVPR 2016.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 0.9)]
    [Description("Share of probability that the training target spreads over all characters (label smoothing).")]
    public double LabelSmoothing { get; init; }

    /// <summary>Probability of dropping an activation while training.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 0.9)]
    [Description("Probability of dropping an activation while training.")]
    public double Dropout { get; init; }
}
