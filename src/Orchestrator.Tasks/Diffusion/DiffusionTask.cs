using Orchestrator.Training.Data;
using Orchestrator.Training.Metrics.Digits;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Diffusion;

/// <summary>
/// A diffusion model of images. Ho et al.: Denoising Diffusion Probabilistic Models, NeurIPS 2020; sampled as in Song et al.: Denoising Diffusion
/// Implicit Models, ICLR 2021; of a class, with guidance, as in Ho and Salimans: Classifier-Free Diffusion Guidance, 2022.
/// </summary>
public sealed class DiffusionTask() : TrainingTask<ClassDiffusionOptions>(
    "diffusion",
    "Diffusion model of images, of a class each or of none.",
    networks: [""],
    validationMetrics: [DiffusionModel.ValidationLoss, .. DigitQuality.MetricNames],
    datasetKinds: DatasetCatalog.Kinds)
{
    /// <inheritdoc/>
    protected override ITaskModel Build(ClassDiffusionOptions options, DataShape data) => new DiffusionModel(options, data);
}
