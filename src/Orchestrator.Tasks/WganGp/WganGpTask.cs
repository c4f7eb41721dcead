using Orchestrator.Tasks.Adversarial;
using Orchestrator.Tasks.Dcgan;
using Orchestrator.Training.Data;
using Orchestrator.Training.Metrics.Digits;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.WganGp;

/// <summary>
/// A Wasserstein GAN with gradient penalty; other losses and the spectral norm are options.
/// Gulrajani et al.: Improved Training of Wasserstein GANs, NIPS 2017.
/// </summary>
public sealed class WganGpTask() : TrainingTask<WganGpOptions>(
    "wgan-gp",
    "Wasserstein GAN of images with a gradient penalty.",
    networks: AdversarialGame.NetworkNames,
    validationMetrics: DigitQuality.MetricNames,
    datasetKinds: DatasetCatalog.Kinds)
{
    /// <inheritdoc/>
    protected override ITaskModel Build(WganGpOptions options, DataShape data) =>
        options.Convolutional ? DcganTask.Model(options, data) : ImageGanModel.Dense(options, data);
}
