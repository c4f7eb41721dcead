using Orchestrator.Domain.Randomness;
using Orchestrator.Tasks.Restoration;
using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Style;

/// <summary>A network that gives images the style of a picture, trained by <see cref="StyleFeatures"/>.</summary>
internal sealed class StyleModel : ITaskModel, IImageReconstructor
{
    internal const string Style = "validation_style";
    internal const string Content = "validation_content";
    internal const string BaselineStyle = "validation_baseline_style";

    private const int LeastSide = 12;
    private const int ContentLayer = 1;
    private const int GrainSeed = 1;

    private readonly StyleOptions _options;
    private readonly RestorationNetwork _network;
    private readonly StyleFeatures _features;
    private readonly Tensor _picture;
    private readonly Tensor _grain;

    /// <summary>Makes the network.</summary>
    /// <exception cref="TrainingException">The images' sides are no multiples of 4, or too small.</exception>
    internal StyleModel(StyleOptions options, DataShape data)
    {
        if (data.Input[1] % 4 != 0 || data.Input[2] % 4 != 0 || Math.Min(data.Input[1], data.Input[2]) < LeastSide)
            throw new TrainingException(TrainingException.DatasetUnsupported, $"Images of {data.Input[1]} x {data.Input[2]} pixels can take on no style: sides must be multiples of 4, and {LeastSide} or more.");
        _options = options;
        _network = new RestorationNetwork(4 * (data.Input[0] + 1), data.Input[0], options);
        _features = new StyleFeatures(data.Input[0]);
        _picture = StylePicture.Draw(options.Pattern, data.Input[0], data.Input[1], data.Input[2]).DetachFromDisposeScope();
        _grain = Grain(data.Input[1], data.Input[2]).DetachFromDisposeScope();
        Networks = [new Network("", nn.ModuleList<nn.Module>(_network, _features))];
    }

    /// <summary>The names of what evaluations report.</summary>
    internal static IReadOnlyList<string> MetricNames { get; } = [Style, Content, BaselineStyle];

    public IReadOnlyList<Network> Networks { get; }

    public void Train(TrainingStep step)
    {
        if (step.Batch.Count == 0)
        {
            step.Minimize(Networks[0], _network.parameters().First().sum() * 0); // takes part in what the other ranks agree on
            return;
        }

        var images = step.Batch.Inputs;
        var (style, content) = Differences(Transfer(images), images);
        step.Minimize(Networks[0], content + (style * _options.StyleWeight));
    }

    public void Evaluate(EvaluationStep step)
    {
        var images = step.Batch.Inputs;
        var (style, content) = Differences(Transfer(images), images);
        step.Add(Style, style.item<float>());
        step.Add(Content, content.item<float>());
        step.Add(BaselineStyle, Differences(images, images).Style.item<float>());
    }

    public IReadOnlyList<Tensor> Reconstruct(Batch batch, NoiseSource noise) =>
        [_picture.expand_as(batch.Inputs), Transfer(batch.Inputs)];

    public void Dispose()
    {
        _picture.Dispose();
        _grain.Dispose();
        Networks[0].Module.Dispose();
    }

    /// <summary>Fixed noise beside the image is what a pattern grows from where the image has nothing. Ulyanov et al.: Texture Networks, ICML 2016.</summary>
    private Tensor Transfer(Tensor images)
    {
        var grain = _grain.to(images.device).expand(images.shape[0], 1, images.shape[2], images.shape[3]);
        return ((images * 4) - 2 + _network.call(F.pixel_unshuffle(cat([images, grain], 1), 2))).sigmoid();
    }

    private static Tensor Grain(long height, long width)
    {
        var random = SplitMix64.ForStream(GrainSeed, 0);
        var pixels = new float[height * width];
        foreach (ref var pixel in pixels.AsSpan())
            pixel = (float)random.NextNormal();
        return tensor(pixels).view(1, 1, height, width);
    }

    /// <summary>Squared differences, relative to the picture's and each image's own squares, summed over rows.</summary>
    private (Tensor Style, Tensor Content) Differences(Tensor made, Tensor images)
    {
        var (found, own, wanted) = (_features.Of(made), _features.Of(images), _features.Of(_picture.to(images.device)));
        var style = found.Zip(wanted).Select(pair => Relative(StyleFeatures.Gram(pair.First), StyleFeatures.Gram(pair.Second)).sum());
        var content = (found[ContentLayer] - own[ContentLayer]).square().mean([1, 2, 3]) / own[ContentLayer].square().mean([1, 2, 3]);
        return (style.Aggregate((sum, next) => sum + next) / found.Length, content.sum());
    }

    private static Tensor Relative(Tensor found, Tensor wanted) => (found - wanted).square().flatten(1).mean([1]) / wanted.square().mean();
}
