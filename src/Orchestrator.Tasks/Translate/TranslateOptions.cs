using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Tasks.Restoration;

namespace Orchestrator.Tasks.Translate;

/// <summary>Parameters of <see cref="TranslateTask"/>.</summary>
public sealed record TranslateOptions : RestorationOptions
{
    /// <summary>The defaults of Isola et al. (2017), but for the learning rate.</summary>
    public TranslateOptions() => (LearningRate, Momentum) = (1e-3, 0.5);

    /// <summary>Weight of the mean absolute difference from the true image in the generator's loss.</summary>
    /// <value>The default is 100.</value>
    [Range(0.0, 1e6)]
    [Description("Weight of the mean absolute difference from the true image in the generator's loss.")]
    public double L1Weight { get; init; } = 100;

    /// <summary>Weight of the adversarial loss in the generator's; 0: there is no discriminator to train.</summary>
    /// <value>The default is 1.</value>
    [Range(0.0, 1e6)]
    [Description("Weight of the adversarial loss in the generator's loss; 0 trains by the absolute difference alone.")]
    public double AdversarialWeight { get; init; } = 1;
}
