using System.ComponentModel;
using Orchestrator.Tasks.Adversarial;
using Orchestrator.Tasks.Dcgan;

namespace Orchestrator.Tasks.WganGp;

/// <summary>Parameters of <see cref="WganGpTask"/>.</summary>
public sealed record WganGpOptions : DcganOptions
{
    /// <summary>The defaults of Gulrajani et al. (2017), but for the momentum, which is 0.5.</summary>
    public WganGpOptions() => (Loss, GradientPenalty, CriticSteps, LearningRate, Beta2) = (AdversarialLoss.Wasserstein, 10, 5, 1e-4, 0.9);

    /// <summary>Whether the networks are those of <c>dcgan</c>; otherwise those of <c>gan</c>.</summary>
    /// <value>The default is false.</value>
    [Description("Whether the networks are those of dcgan; otherwise those of gan.")]
    public bool Convolutional { get; init; }
}
