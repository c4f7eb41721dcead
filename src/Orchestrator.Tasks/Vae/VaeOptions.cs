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
}
