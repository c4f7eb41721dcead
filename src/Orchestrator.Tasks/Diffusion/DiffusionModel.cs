using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Metrics.Digits;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Diffusion;

/// <summary>A diffusion model of images, of a class each or of none.</summary>
internal sealed class DiffusionModel : ITaskModel, IImageSampler, IPromptedSampler, ISampledModel, IAttentiveModel
{
    internal const string ValidationLoss = "validation_loss";
    private const double InitialDeviation = 0.1;

    private readonly ClassDiffusionOptions _options;
    private readonly int _classes;
    private readonly GuidedDiffusion _diffusion;
    private DigitQuality? _quality;

    /// <summary>Makes the network.</summary>
    /// <exception cref="TrainingException">The images' sides do not suit the options, or there are no classes.</exception>
    internal DiffusionModel(ClassDiffusionOptions options, DataShape data)
    {
        (_options, _classes) = (options, ClassPrompt.Classes(options.Conditional, data));
        var unet = new UNet(data.Input, options.Features, options.PatchSize);
        _diffusion = _classes == 0
            ? new GuidedDiffusion(options, data.Input, unet, encoder: null, nothing: null)
            : new GuidedDiffusion(options, data.Input, unet, Classes(_classes + 1, unet.EmbeddingSize), tensor(new long[] { _classes }));
    }

    public IReadOnlyList<Network> Networks => _diffusion.Networks;

    /// <summary>A column for each class.</summary>
    public int? Columns => _classes == 0 ? null : _classes;

    public void Train(TrainingStep step) => _diffusion.Train(step, step.Batch.Inputs, step.Batch.Labels);

    /// <summary>At one step of the diffusion for each row, the same in every evaluation.</summary>
    public void Evaluate(EvaluationStep step)
    {
        var noise = step.Normal([.. step.Batch.Inputs.shape.Skip(1)]);
        step.Add(ValidationLoss, _diffusion.Loss(step.Batch.Inputs, step.Batch.Labels, step.Uniform(), noise).item<float>());
    }

    public void JudgeSamples(SampleJudgement judgement)
    {
        _quality ??= new DigitQuality(judgement);
        _quality.Report(judgement, Sample(_options.EvaluationSamples, judgement.Noise));
    }

    /// <summary>Of all classes in turn.</summary>
    public Tensor Sample(int count, NoiseSource noise) => _diffusion.Sample(ClassPrompt.InTurn(count, _classes), noise);

    public Tensor Sample(string prompt, int count, NoiseSource noise) => _diffusion.Sample(ClassPrompt.Parse(prompt, count, _classes), noise);

    public IReadOnlyList<Tensor> Attention(Batch batch, NoiseSource noise) => _diffusion.Attention(batch.Inputs, batch.Labels, noise);

    /// <summary>Begins small beside the step's embedding, lest it drown that.</summary>
    private static Embedding Classes(long count, long size)
    {
        var classes = nn.Embedding(count, size);
        nn.init.normal_(classes.weight, 0, InitialDeviation);
        return classes;
    }

    public void Dispose()
    {
        _quality?.Dispose();
        _diffusion.Dispose();
    }
}
