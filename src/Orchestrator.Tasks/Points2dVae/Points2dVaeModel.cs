using Orchestrator.Tasks.Points2d;
using Orchestrator.Training.Imaging;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Points2dVae;

/// <summary>Encoder and decoder with two hidden layers each; the decoder gives the mean of a normal distribution.</summary>
internal sealed class Points2dVaeModel : ITaskModel, ISampledModel, ISamplePainter
{
    internal const string ValidationElbo = "validation_elbo";
    private const int JudgedSamples = 2000;

    private readonly Points2dVaeOptions _options;
    private readonly Sequential _encoder;
    private readonly Sequential _decoder;
    private readonly ModuleList<nn.Module> _module;

    internal Points2dVaeModel(Points2dVaeOptions options)
    {
        _options = options;
        _encoder = Stack(2, 2 * options.LatentSize);
        _decoder = Stack(options.LatentSize, 2);
        _module = nn.ModuleList<nn.Module>(_encoder, _decoder);
        Networks = [new Network("", _module)];
    }

    public IReadOnlyList<Network> Networks { get; }

    public void Train(TrainingStep step) => step.Minimize(Networks[0], Loss(step.Batch.Inputs, step.Normal(_options.LatentSize)));

    /// <summary>In nats per point, with one latent code for each.</summary>
    public void Evaluate(EvaluationStep step) =>
        step.Add(ValidationElbo, -Loss(step.Batch.Inputs, step.Normal(_options.LatentSize)).item<float>());

    public void JudgeSamples(SampleJudgement judgement) => PointCloud.Report(judgement, Sample(JudgedSamples, judgement.Noise));

    public ImageGrid Paint(int count, NoiseSource noise) => PointCloud.Paint(Sample(count, noise));

    public void Dispose() => _module.Dispose();

    private Sequential Stack(long inputs, long outputs) => nn.Sequential(
        nn.Linear(inputs, _options.HiddenSize), nn.ReLU(), nn.Linear(_options.HiddenSize, _options.HiddenSize), nn.ReLU(), nn.Linear(_options.HiddenSize, outputs));

    /// <summary>The negative evidence lower bound, summed over rows.</summary>
    private Tensor Loss(Tensor points, Tensor noise)
    {
        var codes = _encoder.call(points).chunk(2, 1);
        var (mean, logVariance) = (codes[0], codes[1]);
        var error = (_decoder.call(mean + (noise * (logVariance * 0.5).exp())) - points) / _options.Deviation;
        var constant = points.numel() * Math.Log(_options.Deviation * Math.Sqrt(2 * Math.PI));
        var divergence = (mean.square() + logVariance.exp() - logVariance - 1).sum() * 0.5;
        return (error.square().sum() * 0.5) + constant + divergence;
    }

    /// <summary>Draws from the decoder's distributions, not only their means.</summary>
    private Tensor Sample(int count, NoiseSource noise) =>
        _decoder.call(noise.Normal(count, _options.LatentSize)) + (noise.Normal(count, 2) * _options.Deviation);
}
