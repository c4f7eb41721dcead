using Orchestrator.Tasks.Adversarial;
using Orchestrator.Training.Data;
using Orchestrator.Training.Metrics.Digits;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Gan;

/// <summary>
/// A generative adversarial network of images with dense layers: generator 100-128-256-512-1024-784, discriminator 784-1024-512-256-1.
/// Goodfellow et al.: Generative Adversarial Nets, NIPS 2014.
/// </summary>
public sealed class GanTask() : TrainingTask<ImageGanOptions>(
    "gan",
    "Generative adversarial network of images, dense layers.",
    networks: AdversarialGame.NetworkNames,
    validationMetrics: DigitQuality.MetricNames,
    datasetKinds: DatasetCatalog.Kinds)
{
    /// <inheritdoc/>
    protected override ITaskModel Build(ImageGanOptions options, DataShape data) => ImageGanModel.Dense(options, data);
}
