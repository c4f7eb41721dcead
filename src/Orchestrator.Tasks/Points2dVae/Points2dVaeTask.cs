using Orchestrator.Tasks.Points2d;
using Orchestrator.Training.Data;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Points2dVae;

/// <summary>A variational autoencoder of the points of <see cref="Points2dTask"/>. Kingma and Welling: Auto-Encoding Variational Bayes, ICLR 2014.</summary>
public sealed class Points2dVaeTask() : TrainingTask<Points2dVaeOptions>(
    "points2d-vae",
    "Variational autoencoder of points around eight centres.",
    networks: [""],
    validationMetrics: [Points2dVaeModel.ValidationElbo, PointCloud.ModesMetric, PointCloud.QualityMetric],
    datasetKinds: [])
{
    /// <inheritdoc/>
    protected override DatasetSplit MakeData(Points2dVaeOptions options) => PointCloud.Data;

    /// <inheritdoc/>
    protected override ITaskModel Build(Points2dVaeOptions options, DataShape data) => new Points2dVaeModel(options);
}
