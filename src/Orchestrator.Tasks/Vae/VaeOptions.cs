using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Vae;

/// <summary>Parameters of <see cref="VaeTask"/>.</summary>
public sealed record VaeOptions : TrainingOptions
{
    /// <summary>Units of the hidden layer of encoder and decoder.</summary>
    /// <value>The default is 400.</value>
    [Range(1, 65536)]
    [Description("Units of the hidden layer of encoder and decoder.")]
    public int HiddenSize { get; init; } = 400;

    /// <summary>Dimensions of the latent space.</summary>
    /// <value>The default is 20.</value>
    [Range(1, 4096)]
    [Description("Dimensions of the latent space.")]
    public int LatentSize { get; init; } = 20;

    /// <summary>Weight of the Kullback-Leibler term in the loss.</summary>
    /// <value>The default is 1.</value>
    [Range(0.0, 1000.0)]
    [Description("Weight of the Kullback-Leibler term in the training loss; 1 maximises the evidence lower bound.")]
    public double Beta { get; init; } = 1;

    /// <summary>Nats that each latent dimension may carry before the training loss counts them.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 100.0)]
    [Description("Nats that each latent dimension may carry before the training loss counts them (free bits; Kingma et al., 2016).")]
    public double FreeBits { get; init; }

    /// <summary>Whether encoder and decoder are convolutions, for images whose sides are multiples of 4; otherwise dense layers.</summary>
    /// <value>The default is false.</value>
    [Description("Whether encoder and decoder are convolutions, for images whose sides are multiples of 4; otherwise dense layers.")]
    public bool Convolutional { get; init; }

    /// <summary>Whether encoder and decoder are told the class of each image: samples are of a class then.</summary>
    /// <value>The default is false.</value>
    [Description("Whether encoder and decoder are told the class of each image (Sohn et al., 2015): samples are of a class then.")]
    public bool Conditional { get; init; }
}
