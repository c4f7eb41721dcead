using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>Kendall's tau. Kendall, A New Measure of Rank Correlation, Biometrika 1938.</summary>
internal static class Concordance
{
    /// <summary>The share of pairs of trials in the same order at both rungs, less the share of those in opposite order: from -1 to 1.</summary>
    public static double Of(IReadOnlyList<(double Here, double Next)> trials, MetricSpec metric)
    {
        var sum = 0;
        for (var i = 0; i < trials.Count; i++)
            for (var j = 0; j < i; j++) sum += Order(trials[i].Here, trials[j].Here, metric) * Order(trials[i].Next, trials[j].Next, metric);
        return sum / (0.5 * trials.Count * (trials.Count - 1));
    }

    private static int Order(double left, double right, MetricSpec metric) => metric.IsBetter(left, right) ? 1 : metric.IsBetter(right, left) ? -1 : 0;
}
