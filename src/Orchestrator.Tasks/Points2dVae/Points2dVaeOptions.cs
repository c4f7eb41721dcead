using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Points2dVae;

/// <summary>Parameters of <see cref="Points2dVaeTask"/>.</summary>
public sealed record Points2dVaeOptions : TrainingOptions
{
    /// <summary>The defaults of this task.</summary>
    public Points2dVaeOptions() => (Epochs, BatchSize) = (60, 256);

    /// <summary>Units of the hidden layers.</summary>
    /// <value>The default is 128.</value>
    [Range(1, 4096)]
    [Description("Units of the hidden layers.")]
    public int HiddenSize { get; init; } = 128;

    /// <summary>Dimensions of the latent space.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 256)]
    [Description("Dimensions of the latent space.")]
    public int LatentSize { get; init; } = 2;

    /// <summary>Standard deviation of the decoder's normal distribution.</summary>
    /// <value>The default is 0.05, that of the data.</value>
    [Range(0.001, 10.0)]
    [Description("Standard deviation of the decoder's normal distribution.")]
    public double Deviation { get; init; } = 0.05;
}
