using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Metrics.Digits;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Adversarial;

/// <summary>A GAN of images: scales them to the generator's range and size, and is judged by its samples.</summary>
internal sealed class ImageGanModel : ITaskModel, IImageSampler, IPromptedSampler, ILatentModel, ISampledModel, ICollapsibleModel
{
    private const int BlockRows = 250;
    private const int FewClasses = 3;

    private readonly ImageGanOptions _options;
    private readonly int _classes;
    private readonly AdversarialGame _game;
    private readonly long _side;
    private DigitQuality? _quality;

    /// <summary>Takes the players.</summary>
    /// <param name="options">The rules.</param>
    /// <param name="classes">Classes of images that the players are told; 0 for none.</param>
    /// <param name="generator">From <see cref="AdversarialGame.CodeSize"/> numbers to images from -1 to 1.</param>
    /// <param name="discriminator">From images to <see cref="AdversarialGame.Scores"/> numbers each.</param>
    /// <param name="side">Height and width of the images that they take.</param>
    internal ImageGanModel(ImageGanOptions options, int classes, nn.Module<Tensor, Tensor> generator, nn.Module<Tensor, Tensor> discriminator, long side)
    {
        (_options, _classes, _side) = (options, classes, side);
        _game = new AdversarialGame(options, generator, discriminator, classes);
    }

    /// <summary>A GAN of dense layers.</summary>
    /// <exception cref="TrainingException">The players shall be told classes, and there are none.</exception>
    internal static ImageGanModel Dense(ImageGanOptions options, DataShape data)
    {
        var classes = ClassPrompt.Classes(options.Conditional, data);
        return new ImageGanModel(
            options,
            classes,
            DenseNetworks.Generator(AdversarialGame.CodeSize(options, classes), data.Input),
            DenseNetworks.Discriminator(data.Input, options.SpectralNorm, AdversarialGame.Scores(classes)),
            data.Input[^1]);
    }

    public IReadOnlyList<Network> Networks => _game.Networks;

    public int LatentSize => _options.LatentSize;

    /// <summary>A column for each class.</summary>
    public int? Columns => _classes == 0 ? null : _classes;

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

    /// <summary>Of all classes in turn.</summary>
    public Tensor Sample(int count, NoiseSource noise) => Decode(noise.Normal(count, _options.LatentSize), ClassPrompt.InTurn(count, _classes));

    public Tensor Sample(string prompt, int count, NoiseSource noise) =>
        Decode(noise.Normal(count, _options.LatentSize), ClassPrompt.Parse(prompt, count, _classes));

    /// <summary>Of the first class, where there are classes: only the code shall tell images apart.</summary>
    public Tensor Decode(Tensor codes) => Decode(codes, zeros([codes.shape[0]], ScalarType.Int64));

    public void Dispose()
    {
        _quality?.Dispose();
        _game.Dispose();
    }

    private Tensor Decode(Tensor codes, Tensor labels)
    {
        var parts = new List<Tensor>();
        for (var start = 0L; start < codes.shape[0]; start += BlockRows)
        {
            using var scope = NewDisposeScope();
            var rows = Math.Min(BlockRows, codes.shape[0] - start);
            var made = _game.Generate(codes.narrow(0, start, rows), labels.narrow(0, start, rows).to(codes.device));
            parts.Add(scope.MoveToOuter((made + 1) / 2));
        }

        return cat(parts);
    }

    private Tensor Prepare(Tensor images)
    {
        var sized = images.shape[^1] == _side || images.shape[0] == 0
            ? images
            : F.interpolate(images, [_side, _side], mode: InterpolationMode.Bilinear, align_corners: false);
        return (sized * 2) - 1;
    }
}
