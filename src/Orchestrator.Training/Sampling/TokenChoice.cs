using Orchestrator.Domain.Randomness;

namespace Orchestrator.Training.Sampling;

/// <summary>How a token is chosen from what a language model thinks of each.</summary>
public sealed record TokenChoice
{
    /// <summary>Divides the logits: below 1 the likely become likelier; 0 always takes the likeliest. 0 to 100.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Only so many of the likeliest can be chosen; 0: all. Fan et al.: Hierarchical Neural Story Generation, ACL 2018.</summary>
    public int TopK { get; init; }

    /// <summary>
    /// Only the likeliest that together have this probability can be chosen, above 0 to 1.
    /// Holtzman et al.: The Curious Case of Neural Text Degeneration, ICLR 2020.
    /// </summary>
    public double TopP { get; init; } = 1;

    /// <summary>Chooses.</summary>
    /// <param name="logits">Of each token; one at least.</param>
    /// <param name="generator">Draws one number, unless the temperature is 0.</param>
    /// <returns>The number of a token.</returns>
    public int Next(ReadOnlySpan<float> logits, ref SplitMix64 generator)
    {
        var order = new int[logits.Length];
        var weights = new double[logits.Length];
        for (var i = 0; i < order.Length; i++)
            (order[i], weights[i]) = (i, -logits[i]);
        Array.Sort(weights, order); // the likeliest first
        if (Temperature == 0)
            return order[0];
        var kept = Keep(weights);
        var left = generator.NextDouble() * Sum(weights.AsSpan(0, kept));
        for (var i = 0; i < kept - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
                return order[i];
        }

        return order[kept - 1];
    }

    /// <summary>Turns negated logits, ascending, into weights, and says how many of the first remain.</summary>
    private int Keep(Span<double> weights)
    {
        var least = weights[0];
        var kept = TopK > 0 ? Math.Min(TopK, weights.Length) : weights.Length;
        for (var i = 0; i < kept; i++)
            weights[i] = Math.Exp((least - weights[i]) / Temperature);
        var enough = TopP * Sum(weights[..kept]);
        var sum = 0.0;
        for (var i = 0; i < kept; i++)
        {
            sum += weights[i];
            if (sum >= enough)
                return i + 1;
        }

        return kept;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }
}
