using Orchestrator.Tasks.Adversarial;
using Orchestrator.Training.Data;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Translate;

/// <summary>
/// Translates edges to images. Isola et al.: Image-to-Image Translation with Conditional Adversarial Networks, CVPR 2017.
/// </summary>
public sealed class TranslateTask() : TrainingTask<TranslateOptions>(
    "translate",
    "Translates edges to images, by a conditional adversarial loss and the absolute difference.",
    networks: AdversarialGame.NetworkNames,
    validationMetrics: TranslateModel.MetricNames,
    datasetKinds: DatasetCatalog.Kinds)
{
    /// <inheritdoc/>
    protected override ITaskModel Build(TranslateOptions options, DataShape data) => new TranslateModel(options, data);
}
