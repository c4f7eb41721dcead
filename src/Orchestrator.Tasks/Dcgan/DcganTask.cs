using Orchestrator.Tasks.Adversarial;
using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Metrics.Digits;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Dcgan;

/// <summary>
/// A generative adversarial network of images with convolutions. Radford et al.: Unsupervised Representation Learning with Deep
/// Convolutional Generative Adversarial Networks, ICLR 2016.
/// </summary>
public sealed class DcganTask() : TrainingTask<DcganOptions>(
    "dcgan",
    "Generative adversarial network of images, convolutions.",
    networks: AdversarialGame.NetworkNames,
    validationMetrics: DigitQuality.MetricNames,
    datasetKinds: DatasetCatalog.Kinds)
{
    /// <inheritdoc/>
    protected override ITaskModel Build(DcganOptions options, DataShape data) => Model(options, data);

    /// <summary>The model; also of other tasks of the family.</summary>
    internal static ITaskModel Model(DcganOptions options, DataShape data)
    {
        if (!ConvolutionalNetworks.Sides.Contains(options.ImageSize))
            throw new TrainingException(TrainingException.InvalidParameters, $"image_size = {options.ImageSize} is not one of {string.Join(", ", ConvolutionalNetworks.Sides)}.");
        var normalized = options.GradientPenalty == 0 && !options.SpectralNorm;
        var classes = ClassPrompt.Classes(options.Conditional, data);
        return new ImageGanModel(
            options,
            classes,
            ConvolutionalNetworks.Generator(AdversarialGame.CodeSize(options, classes), data.Input[0], options.ImageSize, options.Features),
            ConvolutionalNetworks.Discriminator(data.Input[0], options.ImageSize, options.Features, options.SpectralNorm, normalized, AdversarialGame.Scores(classes)),
            options.ImageSize);
    }
}
