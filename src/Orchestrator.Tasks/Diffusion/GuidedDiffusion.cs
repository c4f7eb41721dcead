using Orchestrator.Training;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Diffusion;

/// <summary>
/// Trains a network to tell the noise in images, and makes images of noise with it. Ho et al.: Denoising Diffusion Probabilistic Models,
/// NeurIPS 2020; with conditions, Ho and Salimans: Classifier-Free Diffusion Guidance, 2022.
/// </summary>
internal sealed class GuidedDiffusion : IDisposable
{
    private const int BlockRows = 250;
    private static readonly double[] ShownTimes = [0.25, 0.5, 0.75];

    private readonly DiffusionOptions _options;
    private readonly long[] _shape;
    private readonly Denoiser _denoiser;
    private readonly NoiseSchedule _schedule;
    private readonly DdimSampler _sampler;
    private readonly Tensor? _nothing;

    /// <summary>Takes the network's parts.</summary>
    /// <param name="options">The parameters.</param>
    /// <param name="shape">Of an image: channels, height, width.</param>
    /// <param name="unet">The network of images.</param>
    /// <param name="encoder">Of conditions, if there are any.</param>
    /// <param name="nothing">The condition that says nothing: one row. Null where there are no conditions.</param>
    internal GuidedDiffusion(DiffusionOptions options, IReadOnlyList<long> shape, UNet unet, nn.Module<Tensor, Tensor>? encoder, Tensor? nothing)
    {
        if (options.SamplingSteps > options.DiffusionSteps)
            throw new TrainingException(TrainingException.InvalidParameters, $"sampling_steps = {options.SamplingSteps} is more than diffusion_steps = {options.DiffusionSteps}.");
        (_options, _shape, _nothing) = (options, [.. shape], nothing?.DetachFromDisposeScope());
        _denoiser = new Denoiser(unet, encoder);
        _schedule = new NoiseSchedule(options.NoiseSchedule, options.DiffusionSteps);
        _sampler = new DdimSampler(_schedule, options.SamplingSteps, options.Eta);
        Networks = [new Network("", _denoiser) { AverageDecay = options.AverageDecay }];
    }

    internal IReadOnlyList<Network> Networks { get; }

    /// <summary>One step, on images from 0 to 1 and their conditions.</summary>
    internal void Train(TrainingStep step, Tensor images, Tensor conditions)
    {
        if (step.Batch.Count == 0)
        {
            step.Minimize(Networks[0], _denoiser.parameters().First().sum() * 0); // takes part in what the other ranks agree on
            return;
        }

        var noise = step.Normal(_shape);
        var times = step.Uniform();
        var seen = _nothing is null ? conditions : Hide(conditions, step.Uniform() < _options.ConditionDropout);
        step.Minimize(Networks[0], Loss(images, seen, times, noise));
    }

    /// <summary>Mean squared error of what is predicted, summed over rows.</summary>
    /// <param name="images">From 0 to 1.</param>
    /// <param name="conditions">One a row.</param>
    /// <param name="times">How far each row is along the diffusion, 0 to 1.</param>
    /// <param name="noise">Standard normal.</param>
    internal Tensor Loss(Tensor images, Tensor conditions, Tensor times, Tensor noise)
    {
        var steps = (times * _schedule.Steps).to(ScalarType.Int64).clamp(0, _schedule.Steps - 1);
        var scaled = (images * 2) - 1;
        var (image, noisy) = _schedule.Shares(steps);
        var target = _options.Prediction == PredictionTarget.Noise ? noise : (noise * image) - (scaled * noisy);
        return (Predict((scaled * image) + (noise * noisy), steps, conditions) - target).square().mean([1, 2, 3]).sum();
    }

    /// <summary>Makes images from 0 to 1, one for each condition.</summary>
    internal Tensor Sample(Tensor conditions, NoiseSource noise)
    {
        var start = noise.Normal((int)conditions.shape[0], _shape);
        var parts = new List<Tensor>();
        for (var first = 0L; first < start.shape[0]; first += BlockRows)
        {
            using var scope = NewDisposeScope();
            var rows = Math.Min(BlockRows, start.shape[0] - first);
            var of = conditions.narrow(0, first, rows);
            var made = _sampler.Sample(start.narrow(0, first, rows), noise, (images, step) => NoiseIn(images, step, of));
            parts.Add(scope.MoveToOuter((made + 1) / 2));
        }

        return cat(parts);
    }

    /// <summary>Where the pixels of images from 0 to 1 look when a quarter, a half and three quarters of the diffusion are behind them.</summary>
    internal IReadOnlyList<Tensor> Attention(Tensor images, Tensor conditions, NoiseSource noise)
    {
        var added = noise.Normal((int)images.shape[0], _shape);
        return [.. ShownTimes.Select(time =>
        {
            var steps = full([images.shape[0]], (long)(time * _schedule.Steps), ScalarType.Int64, images.device);
            var (image, noisy) = _schedule.Shares(steps);
            return _denoiser.Attention((((images * 2) - 1) * image) + (added * noisy), TimesOf(steps), conditions);
        })];
    }

    public void Dispose()
    {
        _nothing?.Dispose();
        _denoiser.Dispose();
    }

    /// <summary>The noise in images that are all at one step.</summary>
    private Tensor NoiseIn(Tensor images, int step, Tensor conditions)
    {
        var found = PredictGuided(images, step, conditions);
        var kept = _schedule.Kept(step);
        return _options.Prediction == PredictionTarget.Noise ? found : (found * Math.Sqrt(kept)) + (images * Math.Sqrt(1 - kept));
    }

    private Tensor PredictGuided(Tensor images, int step, Tensor conditions)
    {
        if (_nothing is null || _options.Guidance == 0)
            return Predict(images, full([images.shape[0]], step, ScalarType.Int64, images.device), conditions);
        var both = cat([conditions, Nothing(conditions)]);
        var found = Predict(cat([images, images]), full([both.shape[0]], step, ScalarType.Int64, images.device), both).chunk(2);
        return found[0] + ((found[0] - found[1]) * _options.Guidance);
    }

    private Tensor Predict(Tensor images, Tensor steps, Tensor conditions) =>
        _denoiser.Predict(images, TimesOf(steps), conditions);

    private Tensor TimesOf(Tensor steps) => steps.to(ScalarType.Float32) / _schedule.Steps;

    /// <summary>Conditions, but nothing for some rows.</summary>
    private Tensor Hide(Tensor conditions, Tensor hidden) =>
        where(hidden.view([-1, .. Enumerable.Repeat(1L, (int)conditions.dim() - 1)]), Nothing(conditions), conditions);

    private Tensor Nothing(Tensor conditions) => _nothing!.to(conditions.device).expand_as(conditions);
}
