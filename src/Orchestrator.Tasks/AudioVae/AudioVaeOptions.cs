using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.AudioVae;

/// <summary>Parameters of <see cref="AudioVaeTask"/>.</summary>
public sealed record AudioVaeOptions : TrainingOptions
{
    /// <summary>The defaults of this task.</summary>
    public AudioVaeOptions() => (Epochs, BatchSize) = (30, 32);

    /// <summary>Times of a clip's spectrogram, 128 samples apart.</summary>
    /// <value>The default is 16.</value>
    [Range(4, 1024)]
    [Description("Times of the spectrogram of a clip, 128 samples apart.")]
    public int Frames { get; init; } = 16;

    /// <summary>Units of the hidden layer of encoder and decoder.</summary>
    /// <value>The default is 400.</value>
    [Range(1, 65536)]
    [Description("Units of the hidden layer of encoder and decoder.")]
    public int HiddenSize { get; init; } = 400;

    /// <summary>Dimensions of the latent space.</summary>
    /// <value>The default is 16.</value>
    [Range(1, 4096)]
    [Description("Dimensions of the latent space.")]
    public int LatentSize { get; init; } = 16;

    /// <summary>Standard deviation of the decoder's normal distribution; the range of loudness is 0 to 1.</summary>
    /// <value>The default is 0.1: 8 decibels.</value>
    [Range(0.001, 10.0)]
    [Description("Standard deviation of the decoder's normal distribution; loudness is from 0 to 1.")]
    public double Deviation { get; init; } = 0.1;
}
