using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Fidelity;

/// <summary>What every trial has shown on its way, turned so that less is better.</summary>
/// <param name="goal">Of the metric.</param>
internal sealed class CurveBook(Goal goal)
{
    private readonly Dictionary<int, PartialCurve> _curves = [];

    /// <summary>A trial's curve so far; null where it has not reported.</summary>
    public PartialCurve? Of(int trial) => _curves.GetValueOrDefault(trial);

    /// <summary>Takes a report.</summary>
    /// <returns>Whether it says more than the trial's last one did: a milestone was reached.</returns>
    public bool Observe(SearchObservation.Reported report)
    {
        if (!_curves.TryGetValue(report.TrialNumber, out var curve)) _curves.Add(report.TrialNumber, curve = new PartialCurve());
        var before = curve.Count;
        curve.Add(report.Resource, goal == Goal.Maximize ? -report.Metric : report.Metric);
        return curve.Count > before;
    }
}
