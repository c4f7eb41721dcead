using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Vae;

/// <summary>Trains an <see cref="IVaeNetwork"/>: binary cross-entropy of the pixels plus beta times the Kullback-Leibler divergence, in nats per image.</summary>
internal sealed class VaeModel : ITaskModel, IImageSampler, IPromptedSampler, IImageReconstructor, ILatentModel
{
    internal const string ValidationElbo = "validation_elbo";
    internal const string ValidationLoss = "validation_loss";

    private readonly VaeOptions _options;
    private readonly int _classes;
    private readonly IVaeNetwork _module;
    private readonly Network _network;

    /// <summary>Makes the network.</summary>
    /// <exception cref="TrainingException">The images' sides do not suit the options, or there are no classes.</exception>
    internal VaeModel(VaeOptions options, DataShape data)
    {
        (_options, _classes) = (options, ClassPrompt.Classes(options.Conditional, data));
        _module = options.Convolutional
            ? new ConvolutionalVaeNetwork(data.Input, options.HiddenSize, options.LatentSize, _classes)
            : new VaeNetwork(data.InputElements, options.HiddenSize, options.LatentSize, _classes);
        _network = new Network("", (nn.Module)_module);
        Networks = [_network];
    }

    public IReadOnlyList<Network> Networks { get; }

    public int LatentSize => _options.LatentSize;

    public void Train(TrainingStep step)
    {
        var (reconstruction, divergences) = Losses(step.Batch, step.Normal(_options.LatentSize));
        step.Minimize(_network, reconstruction + (Counted(divergences) * _options.Beta));
    }

    /// <summary>One latent code per image: an unbiased estimate of the evidence lower bound.</summary>
    public void Evaluate(EvaluationStep step)
    {
        var (reconstruction, divergences) = Losses(step.Batch, step.Normal(_options.LatentSize));
        step.Add(ValidationElbo, -(reconstruction + divergences.sum()).item<float>());
        step.Add(ValidationLoss, (reconstruction + (Counted(divergences) * _options.Beta)).item<float>());
    }

    /// <summary>A column for each class.</summary>
    public int? Columns => _classes == 0 ? null : _classes;

    /// <summary>Of all classes in turn.</summary>
    public Tensor Sample(int count, NoiseSource noise) => Decode(noise.Normal(count, _options.LatentSize), ClassPrompt.InTurn(count, _classes));

    public Tensor Sample(string prompt, int count, NoiseSource noise) =>
        Decode(noise.Normal(count, _options.LatentSize), ClassPrompt.Parse(prompt, count, _classes));

    /// <summary>Of the first class, where there are classes: only the code shall tell images apart.</summary>
    public Tensor Decode(Tensor codes) => Decode(codes, zeros([codes.shape[0]], ScalarType.Int64, codes.device));

    public IReadOnlyList<Tensor> Reconstruct(Batch batch, NoiseSource noise) =>
        [Decode(_module.Encode(batch.Inputs, OneOf(batch.Labels)).Mean, batch.Labels)];

    public void Dispose() => _module.Dispose();

    private Tensor Decode(Tensor codes, Tensor labels) => _module.Decode(codes, OneOf(labels)).sigmoid();

    /// <summary>Rows x classes, 1 for a row's own class; null for a network without classes.</summary>
    private Tensor? OneOf(Tensor labels) => _classes == 0 ? null : nn.functional.one_hot(labels, _classes).to(ScalarType.Float32);

    /// <summary>Both terms of the negative evidence lower bound in nats: the first summed over rows, the second for each row and dimension.</summary>
    private (Tensor Reconstruction, Tensor Divergences) Losses(Batch batch, Tensor noise)
    {
        var classes = OneOf(batch.Labels);
        var (mean, logVariance) = _module.Encode(batch.Inputs, classes);
        var logits = _module.Decode(mean + (noise * (0.5 * logVariance).exp()), classes); // the reparametrisation trick
        var reconstruction = nn.functional.binary_cross_entropy_with_logits(logits, batch.Inputs.flatten(1), reduction: nn.Reduction.Sum);
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
