using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Vae;

/// <summary>Trains an <see cref="IVaeNetwork"/>: binary cross-entropy of the pixels plus beta times the Kullback-Leibler divergence, in nats per image.</summary>
internal sealed class VaeModel : ITaskModel, IImageSampler, IImageReconstructor
{
    internal const string ValidationElbo = "validation_elbo";
    internal const string ValidationLoss = "validation_loss";

    private readonly VaeOptions _options;
    private readonly IVaeNetwork _module;
    private readonly Network _network;

    internal VaeModel(VaeOptions options, DataShape data)
    {
        _options = options;
        _module = options.Convolutional
            ? new ConvolutionalVaeNetwork(data.Input, options.HiddenSize, options.LatentSize)
            : new VaeNetwork(data.InputElements, options.HiddenSize, options.LatentSize);
        _network = new Network("", (nn.Module)_module);
        Networks = [_network];
    }

    public IReadOnlyList<Network> Networks { get; }

    public void Train(TrainingStep step)
    {
        var (reconstruction, divergences) = Losses(step.Batch.Inputs, step.Normal(_options.LatentSize));
        step.Minimize(_network, reconstruction + (Counted(divergences) * _options.Beta));
    }

    /// <summary>One latent code per image: an unbiased estimate of the evidence lower bound.</summary>
    public void Evaluate(EvaluationStep step)
    {
        var (reconstruction, divergences) = Losses(step.Batch.Inputs, step.Normal(_options.LatentSize));
        step.Add(ValidationElbo, -(reconstruction + divergences.sum()).item<float>());
        step.Add(ValidationLoss, (reconstruction + (Counted(divergences) * _options.Beta)).item<float>());
    }

    public Tensor Sample(int count, NoiseSource noise) => _module.Decode(noise.Normal(count, _options.LatentSize)).sigmoid();

    public Tensor Reconstruct(Tensor images) => _module.Decode(_module.Encode(images).Mean).sigmoid();

    public void Dispose() => _module.Dispose();

    /// <summary>Both terms of the negative evidence lower bound in nats: the first summed over rows, the second for each row and dimension.</summary>
    private (Tensor Reconstruction, Tensor Divergences) Losses(Tensor images, Tensor noise)
    {
        var (mean, logVariance) = _module.Encode(images);
        var logits = _module.Decode(mean + (noise * (0.5 * logVariance).exp())); // the reparametrisation trick
        var reconstruction = nn.functional.binary_cross_entropy_with_logits(logits, images.flatten(1), reduction: nn.Reduction.Sum);
        return (reconstruction, (mean.square() + logVariance.exp() - logVariance - 1) * 0.5);
    }

    /// <summary>
    /// The divergence that the loss counts: of each dimension, its mean over the rows or, if that is less, its free bits.
    /// Kingma et al.: Improved Variational Inference with Inverse Autoregressive Flow, NIPS 2016.
    /// </summary>
    private Tensor Counted(Tensor divergences) => _options.FreeBits == 0 || divergences.shape[0] == 0
        ? divergences.sum()
        : divergences.mean([0]).clamp(min: _options.FreeBits).sum() * divergences.shape[0];
}
