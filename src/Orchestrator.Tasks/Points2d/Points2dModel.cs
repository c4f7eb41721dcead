using Orchestrator.Tasks.Adversarial;
using Orchestrator.Training.Imaging;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Points2d;

/// <summary>Two dense networks with two hidden layers each.</summary>
internal sealed class Points2dModel(Points2dOptions options) : ITaskModel, ISampledModel, ISamplePainter, ICollapsibleModel
{
    private const int FewModes = 2;

    private readonly AdversarialGame _game = new(
        options,
        nn.Sequential(DenseNetworks.Stack([options.LatentSize, options.HiddenSize, options.HiddenSize, 2], spectral: false)),
        nn.Sequential(DenseNetworks.Stack([2, options.HiddenSize, options.HiddenSize, 1], options.SpectralNorm)));

    public IReadOnlyList<Network> Networks => _game.Networks;

    public void Train(TrainingStep step) => _game.Train(step, step.Batch.Inputs);

    public void Evaluate(EvaluationStep step)
    {
    }

    public void JudgeSamples(SampleJudgement judgement) => PointCloud.Report(judgement, Sample(options.EvaluationSamples, judgement.Noise));

    public string? SignOfCollapse(IReadOnlyDictionary<string, double> metrics) => metrics[PointCloud.ModesMetric] <= FewModes
        ? $"samples are near {metrics[PointCloud.ModesMetric]} of {PointCloud.Ring.Modes} modes"
        : Saturation.Sign(options.Loss, metrics);

    public ImageGrid Paint(int count, NoiseSource noise) => PointCloud.Paint(Sample(count, noise));

    public void Dispose() => _game.Dispose();

    private Tensor Sample(int count, NoiseSource noise) => _game.Generate(noise.Normal(count, options.LatentSize), empty(0));
}
