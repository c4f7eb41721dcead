using Orchestrator.Tasks.Adversarial;
using Orchestrator.Training.Data;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Points2d;

/// <summary>
/// A GAN of points of the plane, from a ring of eight normal distributions: trains in seconds, and shows mode collapse.
/// Metz et al.: Unrolled Generative Adversarial Networks, ICLR 2017, has the data.
/// </summary>
public sealed class Points2dTask() : TrainingTask<Points2dOptions>(
    "points2d",
    "Generative adversarial network of points around eight centres.",
    networks: AdversarialGame.NetworkNames,
    validationMetrics: [PointCloud.ModesMetric, PointCloud.QualityMetric],
    datasetKinds: [])
{
    /// <inheritdoc/>
    protected override DatasetSplit MakeData(Points2dOptions options) => PointCloud.Data;

    /// <inheritdoc/>
    protected override ITaskModel Build(Points2dOptions options, DataShape data) => new Points2dModel(options);
}
