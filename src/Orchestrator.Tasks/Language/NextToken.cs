using Orchestrator.Domain.Randomness;
using Orchestrator.Training.Data;
using Orchestrator.Training.Sampling;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Language;

/// <summary>What models of texts and sounds share: how they are trained and judged by the next token, and how they write one after the other.</summary>
internal static class NextToken
{
    /// <summary>Tokens judged at once: bounds the memory of an evaluation whatever the length of a row is.</summary>
    private const int EvaluationTokens = 16_384;

    /// <summary>Nats per token, summed over rows.</summary>
    /// <param name="network">Foretells.</param>
    /// <param name="inputs">Rows x tokens.</param>
    /// <param name="labels">The token after each.</param>
    /// <param name="smoothing">Share of probability that the target spreads over all tokens.</param>
    internal static Tensor Loss(ILanguageNetwork network, Tensor inputs, Tensor labels, double smoothing) =>
        nn.functional.cross_entropy(network.Logits(inputs).flatten(0, 1), labels.flatten(), reduction: nn.Reduction.Sum, label_smoothing: smoothing) / inputs.size(1);

    /// <summary>The same of any number of rows, a few at a time.</summary>
    internal static double Judge(ILanguageNetwork network, Batch batch)
    {
        var rows = (int)Math.Max(1, EvaluationTokens / batch.Inputs.size(1));
        var sum = 0.0;
        for (var start = 0; start < batch.Count; start += rows)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(rows, batch.Count - start);
            sum += Loss(network, batch.Inputs.narrow(0, start, count), batch.Labels.narrow(0, start, count), smoothing: 0).item<float>();
        }

        return sum;
    }

    /// <summary>Writes rows that begin alike.</summary>
    /// <param name="network">Foretells.</param>
    /// <param name="prompt">What each begins with; one token at least.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="length">Tokens to write.</param>
    /// <param name="choice">How each is chosen.</param>
    /// <param name="seed">Equal seeds give equal rows.</param>
    /// <returns>The rows, with their prompts.</returns>
    internal static List<int>[] Write(ILanguageNetwork network, int[] prompt, int count, int length, TokenChoice choice, long seed)
    {
        var rows = Enumerable.Range(0, count).Select(_ => new List<int>(prompt)).ToArray();
        var generators = Enumerable.Range(0, count).Select(row => SplitMix64.ForStream(seed, row)).ToArray();
        using var decoder = network.Decode();
        var next = Enumerable.Repeat(prompt, count).SelectMany(token => token).ToArray();
        for (var i = 0; i < length; i++)
        {
            next = Choose(decoder, next, choice, generators);
            for (var row = 0; row < count; row++)
                rows[row].Add(next[row]);
        }

        return rows;
    }

    /// <summary>Reads tokens, row by row, and chooses the next one of each row.</summary>
    private static int[] Choose(ITextDecoder decoder, int[] read, TokenChoice choice, SplitMix64[] generators)
    {
        using var scope = NewDisposeScope();
        var tokens = tensor(Array.ConvertAll(read, token => (long)token), [generators.Length, read.Length / generators.Length]);
        var logits = decoder.Read(tokens).contiguous().data<float>().ToArray();
        var size = logits.Length / generators.Length;
        return [.. Enumerable.Range(0, generators.Length).Select(row => choice.Next(logits.AsSpan(row * size, size), ref generators[row]))];
    }
}
