using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Parameters.Expressions;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Domain.Experiments;

public sealed partial class Experiment
{
    /// <summary>
    /// With several metrics, the trained trials that no other one beats: none is at least as good in every metric and better in one. Those that break a
    /// constraint are left out. By number; empty with one metric.
    /// </summary>
    public IReadOnlyList<int> ParetoFront()
    {
        if (Spec.FurtherMetrics is not { Count: > 0 } further) return [];
        MetricSpec[] metrics = [Spec.Metric, .. further];
        Expression[] constraints = [.. (Spec.Constraints ?? []).Select(Expression.Parse)];
        var front = new List<(int Trial, double[] Values)>();
        foreach (var trial in _trials)
        {
            if (trial.Status != TrialStatus.Completed || !Array.TrueForAll(metrics, m => trial.Metrics.TryGetValue(m.Name, out var v) && double.IsFinite(v))) continue;
            if (!Array.TrueForAll(constraints, c => c.Evaluate(name => ValueOf(trial, name)) is ParameterValue.Flag { Value: true })) continue;
            double[] values = [.. metrics.Select(m => m.Goal == Goal.Maximize ? -trial.Metrics[m.Name] : trial.Metrics[m.Name])];
            if (front.Exists(other => Beats(other.Values, values))) continue;
            front.RemoveAll(other => Beats(values, other.Values));
            front.Add((trial.Id.Number, values));
        }
        return [.. front.Select(t => t.Trial)];
    }

    private static ParameterValue? ValueOf(Trial trial, string name)
    {
        if (trial.Parameters.TryGet(name, out var parameter)) return parameter;
        return trial.Metrics.TryGetValue(name, out var metric) && double.IsFinite(metric) ? ParameterValue.Of(metric) : null;
    }

    /// <summary>Whether it is nowhere worse and somewhere better; less is better.</summary>
    private static bool Beats(double[] left, double[] right)
    {
        var better = false;
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] > right[i]) return false;
            better |= left[i] < right[i];
        }
        return better;
    }
}
