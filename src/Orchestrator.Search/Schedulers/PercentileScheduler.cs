using System.Globalization;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>
/// Stops a trial whose best value so far is not in the best share of those that trials had at the same epoch; with one half, the median rule.
/// Golovin et al., Google Vizier: A Service for Black-Box Optimization, KDD 2017.
/// </summary>
internal sealed class PercentileScheduler(EarlyTerminateSpec.Percentile spec, MetricSpec metric) : ITrialScheduler
{
    private readonly Dictionary<int, Rung> _rungs = [];
    private readonly Dictionary<int, double> _best = [];

    public SchedulerDecision Decide(SchedulerReport report)
    {
        if (!IsChecked(report.Resource) || !_rungs.TryGetValue(report.Resource, out var rung) || rung.Count + 1 < spec.MinTrials) return SchedulerDecision.Continue;
        var best = BestWith(report);
        if (rung.WouldKeep(best)) return SchedulerDecision.Continue;
        return SchedulerDecision.StopBecause(string.Create(CultureInfo.InvariantCulture,
            $"{metric.Name} {best:G6} is not in the best {spec.Share:P0} of {rung.Count + 1} trials after {report.Resource} epochs."));
    }

    public void Observe(SchedulerReport report)
    {
        var best = _best[report.TrialNumber] = BestWith(report);
        if (!IsChecked(report.Resource)) return;
        if (!_rungs.TryGetValue(report.Resource, out var rung)) _rungs.Add(report.Resource, rung = new Rung(report.Resource, metric, 1 / spec.Share));
        rung.Add(best);
    }

    private bool IsChecked(int resource) => resource >= spec.MinResource && (resource - spec.MinResource) % spec.Every == 0;

    private double BestWith(SchedulerReport report) =>
        _best.TryGetValue(report.TrialNumber, out var best) && !metric.IsBetter(report.Metric, best) ? best : report.Metric;
}
