using System.Globalization;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>Stops a trial that has not got better for a number of epochs, whatever others do.</summary>
internal sealed class PatienceScheduler(EarlyTerminateSpec.Patience spec, MetricSpec metric) : ITrialScheduler
{
    private readonly Dictionary<int, (double Best, int At)> _best = [];

    public SchedulerDecision Decide(SchedulerReport report)
    {
        if (report.Resource < spec.MinResource || !_best.TryGetValue(report.TrialNumber, out var before) || IsBetter(report.Metric, before.Best)) return SchedulerDecision.Continue;
        var waited = report.Resource - before.At;
        if (waited < spec.Epochs) return SchedulerDecision.Continue;
        return SchedulerDecision.StopBecause(string.Create(CultureInfo.InvariantCulture, $"{metric.Name} {before.Best:G6} has not got better for {waited} epochs."));
    }

    public void Observe(SchedulerReport report)
    {
        if (!_best.TryGetValue(report.TrialNumber, out var before) || IsBetter(report.Metric, before.Best)) _best[report.TrialNumber] = (report.Metric, report.Resource);
    }

    private bool IsBetter(double value, double than) =>
        double.IsNaN(value) || double.IsNaN(than) ? metric.IsBetter(value, than) : metric.IsBetter(value + (metric.Goal == Goal.Minimize ? spec.MinDelta : -spec.MinDelta), than);
}
