using Orchestrator.Training.Data;
using Orchestrator.Training.Metrics;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.AudioDenoise;

/// <summary>Trains a <see cref="SoundRestorer"/> by the squared differences of what it restores from what was there.</summary>
internal sealed class AudioDenoiseModel : ITaskModel, ISoundRestorer
{
    internal const string Snr = "validation_snr";
    internal const string BaselineSnr = "validation_baseline_snr";

    private readonly double _level;
    private readonly SoundRestorer _network;

    internal AudioDenoiseModel(AudioDenoiseOptions options, DataShape data)
    {
        (_level, SampleRate, _network) = (options.NoiseLevel, data.SampleRate, new SoundRestorer(options));
        Networks = [new Network("", _network)];
    }

    /// <summary>The names of what evaluations report.</summary>
    internal static IReadOnlyList<string> MetricNames { get; } = [Snr, BaselineSnr];

    public IReadOnlyList<Network> Networks { get; }

    public int SampleRate { get; }

    public void Train(TrainingStep step)
    {
        if (step.Batch.Count == 0)
        {
            step.Minimize(Networks[0], _network.parameters().First().sum() * 0); // takes part in what the other ranks agree on
            return;
        }

        var sounds = step.Batch.Inputs;
        step.Minimize(Networks[0], (Restore(Spoil(sounds, step.Noise)) - sounds).square().mean([1, 2]).sum());
    }

    public void Evaluate(EvaluationStep step)
    {
        var sounds = step.Batch.Inputs;
        var noisy = Spoil(sounds, step.Noise);
        step.Add(Snr, SignalToNoise.OfEach(Restore(noisy), sounds).sum().item<float>());
        step.Add(BaselineSnr, SignalToNoise.OfEach(noisy, sounds).sum().item<float>());
    }

    public IReadOnlyList<Tensor> Restore(Batch batch, NoiseSource noise)
    {
        var noisy = Spoil(batch.Inputs, noise);
        return [noisy, Restore(noisy)];
    }

    public void Dispose() => _network.Dispose();

    private Tensor Spoil(Tensor sounds, NoiseSource noise) => sounds + (noise.Normal((int)sounds.size(0), [.. sounds.shape.Skip(1)]) * _level);

    private Tensor Restore(Tensor noisy) => noisy + _network.call(noisy);
}
