namespace Orchestrator.Search.Schedulers.Repeats;

/// <summary>
/// Wilcoxon's signed-rank test, one-sided, exact. Wilcoxon, Individual Comparisons by Ranking Methods, 1945; equal amounts share the mean of their
/// ranks, and differences of 0 count for nothing (Pratt's alternative would rank them).
/// </summary>
internal static class SignedRanks
{
    /// <summary>
    /// The probability that differences without any tendency would sum up to such ranks above 0, or more; 1 where there are none.
    /// </summary>
    /// <param name="differences">At most a few hundred.</param>
    public static double ProbabilityOfGreater(IReadOnlyList<double> differences)
    {
        double[] sorted = [.. differences.Where(d => d != 0 && !double.IsNaN(d)).OrderBy(Math.Abs)];
        if (sorted.Length == 0) return 1;
        var ranks = DoubledRanks(sorted);
        var sum = 0;
        for (var i = 0; i < sorted.Length; i++)
            if (sorted[i] > 0) sum += ranks[i];
        return Tail(ranks, sum);
    }

    /// <summary>Twice the rank of each amount, so that the mean of two ranks is whole too.</summary>
    private static int[] DoubledRanks(double[] sorted)
    {
        var ranks = new int[sorted.Length];
        for (var first = 0; first < sorted.Length;)
        {
            var last = first;
            while (last + 1 < sorted.Length && Math.Abs(sorted[last + 1]) == Math.Abs(sorted[first])) last++;
            Array.Fill(ranks, first + last + 2, first, last - first + 1);
            first = last + 1;
        }
        return ranks;
    }

    /// <summary>The share of all choices of signs whose positive ranks sum up to this or more.</summary>
    private static double Tail(int[] ranks, int sum)
    {
        var probability = new double[ranks.Sum() + 1];
        probability[0] = 1;
        foreach (var rank in ranks)
            for (var s = probability.Length - 1; s >= 0; s--)
                probability[s] = 0.5 * probability[s] + (s >= rank ? 0.5 * probability[s - rank] : 0);
        return probability.AsSpan(sum).ToArray().Sum();
    }
}
