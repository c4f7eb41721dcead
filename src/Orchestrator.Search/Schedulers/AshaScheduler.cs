using System.Globalization;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>
/// Asynchronous successive halving, stopping type: a trial that reaches a rung goes on only in the top <c>1/eta</c> of what that rung has seen
/// so far, so no trial ever waits for another. A first rung after one epoch is on probation (<see cref="Probation"/>), and of a rung whose order is
/// not that of the next one more go on (<see cref="RungTrust"/>).
/// Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020 (r: <c>MinResource</c>, R: <c>MaxResource</c>,
/// eta: <c>ReductionFactor</c>, s: the bracket).
/// </summary>
internal sealed class AshaScheduler(EarlyTerminateSpec.Asha spec, MetricSpec metric) : ITrialScheduler
{
    private readonly Bracket[] _brackets = [.. Enumerable.Range(0, spec.Brackets).Select(number => new Bracket(spec, metric, number))];
    private readonly Dictionary<int, (int Rungs, double Metric)> _passed = [];

    public SchedulerDecision Decide(SchedulerReport report)
    {
        var bracket = BracketOf(report.TrialNumber);
        if (RungReached(report) is not { } index || !bracket.MayStopAt(index)) return SchedulerDecision.Continue;
        var rung = bracket[index];
        if (rung.WouldKeep(report.Metric)) return SchedulerDecision.Continue;
        return SchedulerDecision.StopBecause(string.Create(CultureInfo.InvariantCulture,
            $"{metric.Name} {report.Metric:G6} is not in the top 1/{Math.Pow(spec.ReductionFactor, rung.Trust.Value):G3} of {rung.Count + 1} trials after {rung.Resource} epochs."));
    }

    public void Observe(SchedulerReport report)
    {
        if (RungReached(report) is not { } index) return;
        var bracket = BracketOf(report.TrialNumber);
        bracket[index].Add(report.Metric);
        if (_passed.TryGetValue(report.TrialNumber, out var before) && before.Rungs == index) bracket.Passed(index - 1, before.Metric, report.Metric);
        _passed[report.TrialNumber] = (index + 1, report.Metric);
    }

    /// <summary>The highest rung that this report reaches for the first time. Rungs that a sparse report skips see nothing of the trial.</summary>
    private int? RungReached(SchedulerReport report)
    {
        var bracket = BracketOf(report.TrialNumber);
        var passed = _passed.GetValueOrDefault(report.TrialNumber).Rungs;
        var next = passed;
        while (bracket.ResourceAt(next) is { } resource && report.Resource >= resource) next++;
        return next > passed ? next - 1 : null;
    }

    private Bracket BracketOf(int trialNumber) => _brackets[(trialNumber - 1) % _brackets.Length];
}
