using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Parameters.Expressions;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Models;

/// <summary>What a search makes better: one metric or several, under constraints that are known once a trial has been measured.</summary>
internal sealed class Objectives
{
    private readonly IReadOnlyList<MetricSpec> _metrics;
    private readonly Expression[] _constraints;

    public Objectives(ExperimentSpec spec)
    {
        _metrics = [spec.Metric, .. spec.FurtherMetrics ?? []];
        var parameters = spec.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        _constraints = [.. (spec.Constraints ?? []).Select(Expression.Parse).Where(e => !e.Names.All(parameters.Contains))];
    }

    /// <summary>Whether the first metric is to be low or high.</summary>
    public Goal Goal => _metrics[0].Goal;

    /// <summary>How many metrics.</summary>
    public int Count => _metrics.Count;

    /// <summary>
    /// What a trial measured, turned so that less is better; positive infinity where it measured nothing. The first is its best value of the
    /// optimised metric, the others are of its last report.
    /// </summary>
    public double[] ValuesOf(SearchObservation.Ended ended)
    {
        var values = new double[_metrics.Count];
        for (var i = 0; i < values.Length; i++)
        {
            // Trade-offs are between values of one model, so with several metrics all are taken from one report.
            var value = i == 0 && (_metrics.Count == 1 || ended.Metrics is null) ? ended.Metric : ended.Metrics is { } metrics && metrics.TryGetValue(_metrics[i].Name, out var v) ? v : null;
            values[i] = value is { } number && double.IsFinite(number) ? _metrics[i].Goal == Goal.Maximize ? -number : number : double.PositiveInfinity;
        }
        return values;
    }

    /// <summary>How many of the constraints over metrics a trial breaks. One whose metric was not reported counts as broken.</summary>
    public int BrokenBy(ParameterSet parameters, SearchObservation.Ended ended)
    {
        var broken = 0;
        foreach (var constraint in _constraints)
            if (constraint.Evaluate(ValueOf) is not ParameterValue.Flag { Value: true }) broken++;
        return broken;

        ParameterValue? ValueOf(string name)
        {
            if (parameters.TryGet(name, out var parameter)) return parameter;
            return ended.Metrics is { } metrics && metrics.TryGetValue(name, out var metric) && double.IsFinite(metric) ? ParameterValue.Of(metric) : null;
        }
    }
}
