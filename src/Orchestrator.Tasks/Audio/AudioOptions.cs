using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Audio;

/// <summary>Parameters of <see cref="AudioTask"/>.</summary>
public sealed record AudioOptions : TrainingOptions
{
    /// <summary>The defaults of this task.</summary>
    public AudioOptions() => (Epochs, BatchSize, LearningRate, Schedule, ClipNorm) = (10, 8, 4e-3, ScheduleKind.Cosine, 1);

    /// <summary>Samples of a training row.</summary>
    /// <value>The default is 1024.</value>
    [Range(2, 65536)]
    [Description("Samples of a training row.")]
    public int Context { get; init; } = 1024;

    /// <summary>Steps of an epoch: its rows begin anywhere in the sounds, so an epoch is not a pass over them.</summary>
    /// <value>The default is 50.</value>
    [Range(1, 1_000_000)]
    [Description("Steps of an epoch: rows begin anywhere in the sounds, so an epoch is not a pass over them.")]
    public int EpochSteps { get; init; } = 50;

    /// <summary>Levels that a sample can have, by the mu-law: closer where sounds are quiet.</summary>
    /// <value>The default is 256.</value>
    [Range(2, 65536)]
    [Description("Levels that a sample can have (mu-law: closer where sounds are quiet).")]
    public int Levels { get; init; } = 256;

    /// <summary>Layers of dilated convolutions; each looks twice as far back as the one before, until the next cycle begins.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 64)]
    [Description("Layers of dilated convolutions; each looks twice as far back as the one before, until the next cycle begins.")]
    public int Layers { get; init; } = 10;

    /// <summary>Layers of a cycle, after which the dilation begins at 1 again.</summary>
    /// <value>The default is 10: 1 to 512 samples.</value>
    [Range(1, 14)]
    [Description("Layers of a cycle, after which the dilation begins at 1 again.")]
    public int Cycle { get; init; } = 10;

    /// <summary>Channels that the layers hand on.</summary>
    /// <value>The default is 24.</value>
    [Range(1, 1024)]
    [Description("Channels that the layers hand on.")]
    public int Channels { get; init; } = 24;

    /// <summary>Channels that each layer adds to the output.</summary>
    /// <value>The default is 64.</value>
    [Range(1, 4096)]
    [Description("Channels that each layer adds to the output.")]
    public int SkipChannels { get; init; } = 64;
}
