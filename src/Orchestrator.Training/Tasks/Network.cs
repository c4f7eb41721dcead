using TorchSharp;

namespace Orchestrator.Training.Tasks;

/// <summary>A part of a model that is trained together, by one optimizer.</summary>
/// <param name="Name">Prefix of its tensors in a checkpoint and of its loss; empty for the only network of a model.</param>
/// <param name="Module">Its parameters and buffers.</param>
public sealed record Network(string Name, torch.nn.Module Module)
{
    /// <summary>What this network's learning rate is of the trial's.</summary>
    /// <value>The default is 1.</value>
    public double LearningRateFactor { get; init; } = 1;

    /// <summary>
    /// Decay of the moving average of the parameters, from 0 (none is kept) to below 1. Where one is kept, the network is evaluated and
    /// sampled with it. Polyak and Juditsky: Acceleration of Stochastic Approximation by Averaging, 1992.
    /// </summary>
    /// <value>The default is 0.</value>
    public double AverageDecay { get; init; }
}
