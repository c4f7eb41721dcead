using Orchestrator.Training.Data;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Vae;

/// <summary>Trains a <see cref="VaeNetwork"/>: binary cross-entropy of the pixels plus beta times the Kullback-Leibler divergence, in nats per image.</summary>
internal sealed class VaeModel : ITaskModel, IImageSampler, IImageReconstructor
{
    internal const string ValidationElbo = "validation_elbo";
    internal const string ValidationLoss = "validation_loss";

    private readonly VaeOptions _options;
    private readonly VaeNetwork _module;
    private readonly Network _network;

    internal VaeModel(VaeOptions options, DataShape data)
    {
        _options = options;
        _module = new VaeNetwork(data.InputElements, options.HiddenSize, options.LatentSize);
        _network = new Network("", _module);
        Networks = [_network];
    }

    public IReadOnlyList<Network> Networks { get; }

    public void Train(TrainingStep step)
    {
        var (reconstruction, divergence) = Losses(Flatten(step.Batch.Inputs), step.Normal(_options.LatentSize));
        step.Minimize(_network, reconstruction + (divergence * _options.Beta));
    }

    /// <summary>One latent code per image: an unbiased estimate of the evidence lower bound.</summary>
    public void Evaluate(EvaluationStep step)
    {
        var (reconstruction, divergence) = Losses(Flatten(step.Batch.Inputs), step.Normal(_options.LatentSize));
        step.Add(ValidationElbo, -(reconstruction + divergence).item<float>());
        step.Add(ValidationLoss, (reconstruction + (divergence * _options.Beta)).item<float>());
    }

    public Tensor Sample(int count, NoiseSource noise) => _module.Decode(noise.Normal(count, _options.LatentSize)).sigmoid();

    public Tensor Reconstruct(Tensor images) => _module.Decode(_module.Encode(Flatten(images)).Mean).sigmoid();

    public void Dispose() => _module.Dispose();

    private static Tensor Flatten(Tensor images) => images.flatten(1);

    /// <summary>Both terms of the negative evidence lower bound, summed over rows, in nats.</summary>
    private (Tensor Reconstruction, Tensor Divergence) Losses(Tensor images, Tensor noise)
    {
        var (logits, mean, logVariance) = _module.Forward(images, noise);
        var reconstruction = nn.functional.binary_cross_entropy_with_logits(logits, images, reduction: nn.Reduction.Sum);
        var divergence = (mean.square() + logVariance.exp() - logVariance - 1).sum() * 0.5;
        return (reconstruction, divergence);
    }
}
