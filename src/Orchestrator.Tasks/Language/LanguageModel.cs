using Orchestrator.Training.Data;
using Orchestrator.Training.Data.Text;
using Orchestrator.Training.Metrics;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Language;

/// <summary>Trains an <see cref="ILanguageNetwork"/> on the cross-entropy of the next character, in nats per character, and writes with it.</summary>
internal class LanguageModel : ITaskModel, ISummarizedModel, ITextSampler
{
    internal const string ValidationLoss = "validation_loss";
    internal const string ValidationBits = "validation_bits_per_character";
    internal const string ValidationPerplexity = "validation_perplexity";

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

    public void Train(TrainingStep step) => step.Minimize(Networks[0], NextToken.Loss(_network, step.Batch.Inputs, step.Batch.Labels, _options.LabelSmoothing));

    public void Evaluate(EvaluationStep step) => step.Add(ValidationLoss, NextToken.Judge(_network, step.Batch));

    public void Summarize(IDictionary<string, double> metrics)
    {
        metrics[ValidationBits] = LanguageMetrics.BitsPerCharacter(metrics[ValidationLoss]);
        metrics[ValidationPerplexity] = LanguageMetrics.Perplexity(metrics[ValidationLoss]);
    }

    public IReadOnlyList<string> Write(TextRequest request)
    {
        var prompt = Encode(request.Prompt);
        var texts = NextToken.Write(_network, prompt, request.Count, request.Length, request.Choice, request.Seed);
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
}
