using Orchestrator.Domain.Specs;
using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Text2Image;

/// <summary>
/// Images of digits from English prompts: a text encoder conditions a diffusion model, as in Saharia et al.: Photorealistic Text-to-Image
/// Diffusion Models with Deep Language Understanding, NeurIPS 2022, in small.
/// </summary>
public sealed class Text2ImageTask() : TrainingTask<Text2ImageOptions>(
    "text2image",
    "Diffusion model of images from prompts, such as 'a seven' or 'two zeros'.",
    networks: [""],
    validationMetrics: [Text2ImageModel.ValidationLoss, .. PromptAgreement.MetricNames],
    datasetKinds: DatasetCatalog.Kinds)
{
    /// <inheritdoc/>
    protected override DatasetSplit Open(DatasetSpec dataset, Text2ImageOptions options)
    {
        var digits = DatasetCatalog.Open(dataset);
        if (digits.Classes != Captions.Names.Count)
            throw new TrainingException(TrainingException.DatasetUnsupported, $"Captions are of {Captions.Names.Count} digits; this dataset has {digits.Classes} classes.");
        return digits with { Training = new CaptionedDigits(digits.Training), Validation = new CaptionedDigits(digits.Validation) };
    }

    /// <inheritdoc/>
    protected override ITaskModel Build(Text2ImageOptions options, DataShape data) => new Text2ImageModel(options, data);
}
