using Orchestrator.Search.Models;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>Replaces values by the normal quantiles of their ranks; equal values share the mean of theirs.</summary>
internal static class NormalScores
{
    /// <param name="sorted">The best first.</param>
    public static double[] Of(IReadOnlyList<Observed> sorted)
    {
        var scores = new double[sorted.Count];
        for (var first = 0; first < scores.Length;)
        {
            var last = first;
            while (last + 1 < scores.Length && sorted[last + 1].Value == sorted[first].Value && sorted[last + 1].StoppedAt == sorted[first].StoppedAt) last++;
            var score = StandardNormal.Quantile((0.5 * (first + last) + 0.5) / scores.Length);
            Array.Fill(scores, score, first, last - first + 1);
            first = last + 1;
        }
        return scores;
    }
}
