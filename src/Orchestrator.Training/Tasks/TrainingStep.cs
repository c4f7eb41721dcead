using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Training.Tasks;

/// <summary>One optimizer step of a trial, as its task sees it.</summary>
public sealed class TrainingStep
{
    private readonly NoiseSource _noise;
    private readonly Action<Network, Tensor> _minimize;

    internal TrainingStep(Batch batch, int epoch, long number, NoiseSource noise, Action<Network, Tensor> minimize) =>
        (Batch, Epoch, Number, _noise, _minimize) = (batch, epoch, number, noise, minimize);

    /// <summary>This rank's rows of the global batch.</summary>
    public Batch Batch { get; }

    /// <summary>Epochs trained whole.</summary>
    public int Epoch { get; }

    /// <summary>Batches trained before this one, in all epochs.</summary>
    public long Number { get; }

    /// <summary>Noise for the rows of the batch; each call gives other numbers.</summary>
    public NoiseSource Noise => _noise;

    /// <summary>Standard normal noise, rows of the batch x <paramref name="shape"/>. Each call of a step gives other numbers.</summary>
    public Tensor Normal(params long[] shape) => _noise.Normal(Batch.Count, shape);

    /// <summary>Noise from 0 to 1, rows of the batch x <paramref name="shape"/>. Each call of a step gives other numbers.</summary>
    public Tensor Uniform(params long[] shape) => _noise.Uniform(Batch.Count, shape);

    /// <summary>
    /// Takes one optimizer step of a network: computes the gradients of the loss, combines those of all ranks, and updates.
    /// </summary>
    /// <param name="network">One of the model's networks.</param>
    /// <param name="loss">The loss summed (not averaged) over the rows of the batch: a scalar. The engine divides by the rows of the global batch.</param>
    /// <exception cref="TrainingException">The loss is not finite.</exception>
    public void Minimize(Network network, Tensor loss) => _minimize(network, loss);
}
