using Orchestrator.Domain.Randomness;
using Orchestrator.Training.Data;
using Orchestrator.Training.Data.Text;
using Orchestrator.Training.Metrics;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Language;

/// <summary>Trains an <see cref="ILanguageNetwork"/> on the cross-entropy of the next character, in nats per character, and writes with it.</summary>
internal class LanguageModel : ITaskModel, ISummarizedModel, ITextSampler
{
    internal const string ValidationLoss = "validation_loss";
    internal const string ValidationBits = "validation_bits_per_character";
    internal const string ValidationPerplexity = "validation_perplexity";

    /// <summary>Characters judged at once: bounds the memory of an evaluation whatever the context is.</summary>
    private const int EvaluationCharacters = 16_384;

    private readonly LanguageOptions _options;
    private readonly ILanguageNetwork _network;

    internal LanguageModel(LanguageOptions options, ILanguageNetwork network, DataShape data)
    {
        (_options, _network) = (options, network);
        Vocabulary = new Vocabulary(data.Vocabulary);
        Networks = [new Network("", network.Module)];
    }

    internal static IReadOnlyList<string> Metrics { get; } = [ValidationLoss, ValidationBits, ValidationPerplexity];

    public IReadOnlyList<Network> Networks { get; }

    /// <summary>What it trains.</summary>
    internal ILanguageNetwork Network => _network;

    protected Vocabulary Vocabulary { get; }

    public void Train(TrainingStep step) => step.Minimize(Networks[0], Loss(step.Batch.Inputs, step.Batch.Labels, _options.LabelSmoothing));

    public void Evaluate(EvaluationStep step)
    {
        var rows = Math.Max(1, EvaluationCharacters / _options.Context);
        for (var start = 0; start < step.Batch.Count; start += rows)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(rows, step.Batch.Count - start);
            step.Add(ValidationLoss, Loss(step.Batch.Inputs.narrow(0, start, count), step.Batch.Labels.narrow(0, start, count), smoothing: 0).item<float>());
        }
    }

    public void Summarize(IDictionary<string, double> metrics)
    {
        metrics[ValidationBits] = LanguageMetrics.BitsPerCharacter(metrics[ValidationLoss]);
        metrics[ValidationPerplexity] = LanguageMetrics.Perplexity(metrics[ValidationLoss]);
    }

    public IReadOnlyList<string> Write(TextRequest request)
    {
        var prompt = Encode(request.Prompt);
        var texts = Enumerable.Range(0, request.Count).Select(_ => new List<int>(prompt)).ToArray();
        var generators = Enumerable.Range(0, request.Count).Select(row => SplitMix64.ForStream(request.Seed, row)).ToArray();
        using var decoder = _network.Decode();
        var next = Enumerable.Repeat(prompt, request.Count).SelectMany(token => token).ToArray();
        for (var i = 0; i < request.Length; i++)
        {
            next = Choose(decoder, next, request.Choice, generators);
            for (var row = 0; row < texts.Length; row++)
                texts[row].Add(next[row]);
        }

        var unasked = request.Prompt.Length == 0 ? prompt.Length : 0;
        return [.. texts.Select(text => Vocabulary.Decode(text.Skip(unasked)))];
    }

    public void Dispose() => _network.Module.Dispose();

    /// <summary>A prompt's tokens; a new line, or else the first character, stands for none.</summary>
    protected int[] Encode(string prompt)
    {
        if (prompt.Length > 0)
            return Vocabulary.Encode(prompt);
        return [Math.Max(0, Vocabulary.Characters.IndexOf('\n', StringComparison.Ordinal))];
    }

    /// <summary>Reads characters, row by row, and chooses the next one of each row.</summary>
    private static int[] Choose(ITextDecoder decoder, int[] read, TokenChoice choice, SplitMix64[] generators)
    {
        using var scope = NewDisposeScope();
        var tokens = tensor(Array.ConvertAll(read, token => (long)token), [generators.Length, read.Length / generators.Length]);
        var logits = decoder.Read(tokens).contiguous().data<float>().ToArray();
        var size = logits.Length / generators.Length;
        return [.. Enumerable.Range(0, generators.Length).Select(row => choice.Next(logits.AsSpan(row * size, size), ref generators[row]))];
    }

    /// <summary>Nats per character, summed over rows.</summary>
    private Tensor Loss(Tensor inputs, Tensor labels, double smoothing) =>
        nn.functional.cross_entropy(_network.Logits(inputs).flatten(0, 1), labels.flatten(), reduction: nn.Reduction.Sum, label_smoothing: smoothing) / _options.Context;
}
