using Orchestrator.Training.Metrics.Digits;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Adversarial;

/// <summary>A GAN of images: scales them to the generator's range and size, and is judged by its samples.</summary>
internal sealed class ImageGanModel : ITaskModel, IImageSampler, ILatentModel, ISampledModel, ICollapsibleModel
{
    private const int BlockRows = 250;
    private const int FewClasses = 3;

    private readonly AdversarialOptions _options;
    private readonly AdversarialGame _game;
    private readonly long _side;
    private DigitQuality? _quality;

    /// <summary>Takes the players.</summary>
    /// <param name="options">The rules.</param>
    /// <param name="generator">From noise to images from -1 to 1.</param>
    /// <param name="discriminator">From images to one number each.</param>
    /// <param name="side">Height and width of the images that they take.</param>
    internal ImageGanModel(AdversarialOptions options, nn.Module<Tensor, Tensor> generator, nn.Module<Tensor, Tensor> discriminator, long side)
    {
        (_options, _side) = (options, side);
        _game = new AdversarialGame(options, generator, discriminator);
    }

    public IReadOnlyList<Network> Networks => _game.Networks;

    public int LatentSize => _options.LatentSize;

    public void Train(TrainingStep step) => _game.Train(step, Prepare(step.Batch.Inputs));

    /// <summary>No row has a value: see <see cref="JudgeSamples"/>.</summary>
    public void Evaluate(EvaluationStep step)
    {
    }

    public void JudgeSamples(SampleJudgement judgement)
    {
        _quality ??= new DigitQuality(judgement);
        _quality.Report(judgement, Sample(_options.EvaluationSamples, judgement.Noise));
    }

    public string? SignOfCollapse(IReadOnlyDictionary<string, double> metrics)
    {
        if (metrics.TryGetValue(DigitQuality.Classes, out var classes) && classes <= FewClasses)
            return $"samples are of {classes} classes";
        return Saturation.Sign(_options.Loss, metrics);
    }

    public Tensor Sample(int count, NoiseSource noise) => Decode(noise.Normal(count, _options.LatentSize));

    public Tensor Decode(Tensor codes)
    {
        var parts = new List<Tensor>();
        for (var start = 0L; start < codes.shape[0]; start += BlockRows)
        {
            using var scope = NewDisposeScope();
            var made = _game.Generate(codes.narrow(0, start, Math.Min(BlockRows, codes.shape[0] - start)));
            parts.Add(scope.MoveToOuter((made + 1) / 2));
        }

        return cat(parts);
    }

    public void Dispose()
    {
        _quality?.Dispose();
        _game.Dispose();
    }

    private Tensor Prepare(Tensor images)
    {
        var sized = images.shape[^1] == _side || images.shape[0] == 0
            ? images
            : F.interpolate(images, [_side, _side], mode: InterpolationMode.Bilinear, align_corners: false);
        return (sized * 2) - 1;
    }
}
