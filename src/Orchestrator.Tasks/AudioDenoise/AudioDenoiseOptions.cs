using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.AudioDenoise;

/// <summary>Parameters of <see cref="AudioDenoiseTask"/>.</summary>
public sealed record AudioDenoiseOptions : TrainingOptions
{
    /// <summary>The defaults of this task.</summary>
    public AudioDenoiseOptions() => (Epochs, BatchSize, LearningRate, Schedule, ClipNorm) = (10, 32, 3e-3, ScheduleKind.Cosine, 1);

    /// <summary>Standard deviation of the noise; samples are from -1 to 1.</summary>
    /// <value>The default is 0.1.</value>
    [Range(0.0001, 10.0)]
    [Description("Standard deviation of the noise to take away; samples are from -1 to 1.")]
    public double NoiseLevel { get; init; } = 0.1;

    /// <summary>Samples of a piece of sound, a multiple of 8; sounds of any length can be restored.</summary>
    /// <value>The default is 1024.</value>
    [Range(64, 65536)]
    [Description("Samples of a piece of sound to train on, a multiple of 8.")]
    public int Context { get; init; } = 1024;

    /// <summary>Channels of the network's layers.</summary>
    /// <value>The default is 64.</value>
    [Range(1, 1024)]
    [Description("Channels of the layers of the network.")]
    public int Features { get; init; } = 64;

    /// <summary>Residual blocks of the network.</summary>
    /// <value>The default is 6.</value>
    [Range(1, 64)]
    [Description("Residual blocks of the network, of two convolutions each.")]
    public int Blocks { get; init; } = 6;
}
