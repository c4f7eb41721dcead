using Orchestrator.Tasks.Diffusion;
using Orchestrator.Training.Data;
using Orchestrator.Training.Metrics.Digits;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Text2Image;

/// <summary>A diffusion model of images whose condition is a caption.</summary>
internal sealed class Text2ImageModel : ITaskModel, IImageSampler, IPromptedSampler, ISampledModel, IAttentiveModel
{
    internal const string ValidationLoss = "validation_loss";
    private const int TextHeads = 4;
    private const int DigitsOfARow = 10;

    private readonly Text2ImageOptions _options;
    private readonly GuidedDiffusion _diffusion;
    private PromptAgreement? _agreement;

    internal Text2ImageModel(Text2ImageOptions options, DataShape data)
    {
        _options = options;
        var wordSize = TextHeads * options.TextFeatures;
        var unet = new UNet(data.Input, options.Features, options.PatchSize, (CaptionTokens.Length, wordSize));
        _diffusion = new GuidedDiffusion(options, data.Input, unet, new TextEncoder(wordSize), zeros([1, CaptionTokens.Length], ScalarType.Int64));
    }

    public IReadOnlyList<Network> Networks => _diffusion.Networks;

    public int? Columns => DigitsOfARow;

    public void Train(TrainingStep step) => _diffusion.Train(step, step.Batch.Inputs, step.Batch.Labels);

    public void Evaluate(EvaluationStep step)
    {
        var noise = step.Normal([.. step.Batch.Inputs.shape.Skip(1)]);
        step.Add(ValidationLoss, _diffusion.Loss(step.Batch.Inputs, step.Batch.Labels, step.Uniform(), noise).item<float>());
    }

    public void JudgeSamples(SampleJudgement judgement)
    {
        _agreement ??= new PromptAgreement(new DigitReader(DigitsOf(judgement.Data), judgement.CacheFolder, judgement.Abort));
        _agreement.Report(judgement, Sample(_options.EvaluationSamples, judgement.Noise));
    }

    public Tensor Sample(int count, NoiseSource noise) => _diffusion.Sample(PromptAgreement.Tokens(count), noise);

    public Tensor Sample(string prompt, int count, NoiseSource noise) =>
        _diffusion.Sample(tensor(CaptionTokens.Of(prompt), 1, CaptionTokens.Length).repeat(count, 1), noise);

    public IReadOnlyList<Tensor> Attention(Batch batch, NoiseSource noise) => _diffusion.Attention(batch.Inputs, batch.Labels, noise);

    public void Dispose()
    {
        _agreement?.Dispose();
        _diffusion.Dispose();
    }

    private static DatasetSplit DigitsOf(DatasetSplit data) =>
        new(((CaptionedDigits)data.Training).Digits, ((CaptionedDigits)data.Validation).Digits, data.Classes);
}
