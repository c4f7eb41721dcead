using Orchestrator.Tasks.Adversarial;
using Orchestrator.Tasks.Restoration;
using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Metrics;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Translate;

/// <summary>A generator from edges to images, against a discriminator that sees both.</summary>
internal sealed class TranslateModel : ITaskModel, IImageReconstructor
{
    internal const string L1 = "validation_l1";
    internal const string Ssim = "validation_ssim";
    internal const string Sharpness = "validation_sharpness";

    private readonly TranslateOptions _options;
    private readonly RestorationNetwork _generator;
    private readonly nn.Module<Tensor, Tensor> _discriminator;
    private readonly Network _generatorNetwork;
    private readonly Network _discriminatorNetwork;
    private readonly Parameter[] _discriminatorParameters;

    /// <summary>Makes the networks.</summary>
    /// <exception cref="TrainingException">There are no networks for images of that size.</exception>
    internal TranslateModel(TranslateOptions options, DataShape data)
    {
        if (!ConvolutionalNetworks.Sides.Contains((int)data.Input[1]) || data.Input[1] != data.Input[2])
            throw new TrainingException(TrainingException.DatasetUnsupported, $"Images of {data.Input[1]} x {data.Input[2]} pixels cannot be translated: both sides must be one of {string.Join(", ", ConvolutionalNetworks.Sides)}.");
        _options = options;
        _generator = new RestorationNetwork(4 * data.Input[0], data.Input[0], options);
        _discriminator = ConvolutionalNetworks.Discriminator(2 * data.Input[0], (int)data.Input[1], options.Features, spectral: true, normalized: false);
        _generatorNetwork = new Network("generator", _generator);
        _discriminatorNetwork = new Network("discriminator", _discriminator);
        _discriminatorParameters = [.. _discriminator.parameters()];
        Networks = [_generatorNetwork, _discriminatorNetwork];
    }

    /// <summary>The names of what evaluations report.</summary>
    internal static IReadOnlyList<string> MetricNames { get; } = [L1, Ssim, Sharpness];

    public IReadOnlyList<Network> Networks { get; }

    public void Train(TrainingStep step)
    {
        var isAdversarial = _options.AdversarialWeight > 0;
        if (step.Batch.Count == 0)
        {
            TrainOnNothing(step, isAdversarial);
            return;
        }

        var images = step.Batch.Inputs;
        var edges = EdgeMap.Of(images);
        var made = Make(edges);
        var loss = (made - images).abs().mean([1, 2, 3]).sum() * _options.L1Weight;
        if (isAdversarial)
            loss += Play(step, edges, images, made) * _options.AdversarialWeight;
        step.Minimize(_generatorNetwork, loss);
    }

    public void Evaluate(EvaluationStep step)
    {
        var images = step.Batch.Inputs;
        var made = Make(EdgeMap.Of(images)).clamp(0, 1);
        step.Add(L1, (made - images).abs().mean([1, 2, 3]).sum().item<float>());
        step.Add(Ssim, StructuralSimilarity.OfEach(made, images).sum().item<float>());
        step.Add(Sharpness, (Steepness(made) / Steepness(images).clamp(min: 1e-6)).sum().item<float>());
    }

    public IReadOnlyList<Tensor> Reconstruct(Batch batch, NoiseSource noise)
    {
        var edges = EdgeMap.Of(batch.Inputs);
        return [edges, Make(edges).clamp(0, 1)];
    }

    public void Dispose()
    {
        _generator.Dispose();
        _discriminator.Dispose();
    }

    /// <summary>Not bounded: a sigmoid would be stuck once all is black, which the absolute difference favours at first.</summary>
    private Tensor Make(Tensor edges) => _generator.call(F.pixel_unshuffle(edges, 2));

    /// <summary>A step of the discriminator, and then what the generator loses by it.</summary>
    private Tensor Play(TrainingStep step, Tensor edges, Tensor images, Tensor made)
    {
        var (real, fake) = (Judge(edges, images), Judge(edges, made.detach()));
        step.Minimize(_discriminatorNetwork, AdversarialLosses.Discriminator(AdversarialLoss.Standard, real, fake, smoothing: 0));
        SetTrainable(false); // its gradients are of no use here
        var loss = AdversarialLosses.Generator(AdversarialLoss.Standard, Judge(edges, made));
        SetTrainable(true);
        return loss;
    }

    private Tensor Judge(Tensor edges, Tensor images) => _discriminator.call((cat([edges, images], 1) * 2) - 1);

    /// <summary>A rank without rows takes part in what the others agree on.</summary>
    private void TrainOnNothing(TrainingStep step, bool isAdversarial)
    {
        if (isAdversarial)
            step.Minimize(_discriminatorNetwork, _discriminatorParameters[0].sum() * 0);
        step.Minimize(_generatorNetwork, _generator.parameters().First().sum() * 0);
    }

    /// <summary>The mean absolute difference of pixels beside each other, of each image.</summary>
    private static Tensor Steepness(Tensor images)
    {
        var across = images.narrow(3, 1, images.shape[3] - 1) - images.narrow(3, 0, images.shape[3] - 1);
        return across.abs().mean([1, 2, 3]);
    }

    private void SetTrainable(bool value)
    {
        foreach (var parameter in _discriminatorParameters)
            parameter.requires_grad = value;
    }
}
