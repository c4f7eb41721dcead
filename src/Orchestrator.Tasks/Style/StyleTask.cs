using Orchestrator.Training.Data;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Style;

/// <summary>
/// Gives images the style of a picture. Gatys et al.: Image Style Transfer Using Convolutional Neural Networks, CVPR 2016; by a network
/// in one pass, as in Johnson et al.: Perceptual Losses for Real-Time Style Transfer and Super-Resolution, ECCV 2016.
/// </summary>
public sealed class StyleTask() : TrainingTask<StyleOptions>(
    "style",
    "Gives images the style of a picture.",
    networks: [""],
    validationMetrics: StyleModel.MetricNames,
    datasetKinds: DatasetCatalog.Kinds)
{
    /// <inheritdoc/>
    protected override ITaskModel Build(StyleOptions options, DataShape data) => new StyleModel(options, data);
}
