using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Adversarial;

/// <summary>Parameters that the tasks of the GAN family share.</summary>
public record AdversarialOptions : TrainingOptions
{
    /// <summary>The defaults of Radford et al. (2016) for Adam.</summary>
    public AdversarialOptions() => (LearningRate, Momentum, BatchSize) = (2e-4, 0.5, 64);

    /// <summary>Dimensions of the noise that the generator starts from.</summary>
    /// <value>The default is 100.</value>
    [Range(1, 4096)]
    [Description("Dimensions of the noise that the generator starts from.")]
    public int LatentSize { get; init; } = 100;

    /// <summary>What the networks play for.</summary>
    /// <value>The default is standard.</value>
    [Description("What the networks play for: standard, leastsquares, hinge or wasserstein.")]
    public AdversarialLoss Loss { get; init; } = AdversarialLoss.Standard;

    /// <summary>The discriminator's learning rate as a multiple of the generator's.</summary>
    /// <value>The default is 1.</value>
    [Range(0.001, 1000.0)]
    [Description("The discriminator's learning rate as a multiple of the generator's (two time scales; Heusel et al., 2017).")]
    public double DiscriminatorRate { get; init; } = 1;

    /// <summary>Steps of the discriminator for one of the generator.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 100)]
    [Description("Steps of the discriminator for one of the generator.")]
    public int CriticSteps { get; init; } = 1;

    /// <summary>Weight of the gradient penalty; 0: none.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 1000.0)]
    [Description("Weight of the penalty that holds the norm of the discriminator's gradient at 1 (Gulrajani et al., 2017); 0 for none.")]
    public double GradientPenalty { get; init; }

    /// <summary>How far below 1 the standard loss puts the target of real rows.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 0.5)]
    [Description("How far below 1 the target of real rows is; of the standard loss alone.")]
    public double LabelSmoothing { get; init; }

    /// <summary>Whether the discriminator's layers are divided by their largest singular value.</summary>
    /// <value>The default is false.</value>
    [Description("Whether the discriminator's layers are divided by their largest singular value (Miyato et al., 2018).")]
    public bool SpectralNorm { get; init; }

    /// <summary>Decay of the moving average of the generator that is judged and sampled; 0: the generator itself is.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 0.99999)]
    [Description("Decay of the moving average of the generator that is judged and sampled (Yazici et al., 2019); 0 for none.")]
    public double AverageDecay { get; init; }

    /// <summary>Samples that an evaluation judges.</summary>
    /// <value>The default is 2000.</value>
    [Range(100, 50_000)]
    [Description("Samples that an evaluation judges.")]
    public int EvaluationSamples { get; init; } = 2000;
}
