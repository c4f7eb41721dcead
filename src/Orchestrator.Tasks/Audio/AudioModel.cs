using Orchestrator.Tasks.Language;
using Orchestrator.Training.Data;
using Orchestrator.Training.Data.Sound;
using Orchestrator.Training.Metrics;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Audio;

/// <summary>Trains a <see cref="WaveNetNetwork"/> on the cross-entropy of the next sample's level, in nats per sample, and plays with it.</summary>
internal sealed class AudioModel : ITaskModel, ISummarizedModel, ISoundSampler
{
    internal const string ValidationLoss = "validation_loss";
    internal const string ValidationBits = "validation_bits_per_sample";

    private readonly WaveNetNetwork _network;
    private readonly MuLaw _law;

    internal AudioModel(AudioOptions options, DataShape data)
    {
        (_network, _law, SampleRate) = (new WaveNetNetwork(options), new MuLaw(options.Levels), data.SampleRate);
        Networks = [new Network("", _network)];
    }

    internal static IReadOnlyList<string> Metrics { get; } = [ValidationLoss, ValidationBits];

    public IReadOnlyList<Network> Networks { get; }

    public int SampleRate { get; }

    public void Train(TrainingStep step) => step.Minimize(Networks[0], NextToken.Loss(_network, step.Batch.Inputs, step.Batch.Labels, smoothing: 0));

    public void Evaluate(EvaluationStep step) => step.Add(ValidationLoss, NextToken.Judge(_network, step.Batch));

    public void Summarize(IDictionary<string, double> metrics) => metrics[ValidationBits] = LanguageMetrics.BitsPerCharacter(metrics[ValidationLoss]);

    /// <summary>Sounds that begin with silence.</summary>
    public IReadOnlyList<float[]> Play(SoundRequest request, NoiseSource noise) =>
        [.. NextToken.Write(_network, [_law.Silence], request.Count, request.Length ?? SampleRate, request.Choice, request.Seed).Select(levels => levels.Skip(1).Select(_law.Decode).ToArray())];

    public void Dispose() => _network.Dispose();
}
