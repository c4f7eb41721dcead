using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Tasks.Adversarial;

namespace Orchestrator.Tasks.Points2d;

/// <summary>Parameters of <see cref="Points2dTask"/>.</summary>
public sealed record Points2dOptions : AdversarialOptions
{
    /// <summary>The defaults of this task.</summary>
    public Points2dOptions() => (Epochs, LearningRate, BatchSize, LatentSize) = (60, 1e-3, 256, 8);

    /// <summary>Units of the hidden layers.</summary>
    /// <value>The default is 128.</value>
    [Range(1, 4096)]
    [Description("Units of the hidden layers.")]
    public int HiddenSize { get; init; } = 128;
}
