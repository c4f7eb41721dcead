using System.Globalization;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>
/// Asynchronous successive halving, stopping type: a trial that reaches a rung goes on only in the top <c>1/eta</c> of what that rung has seen
/// so far, so no trial ever waits for another.
/// Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020 (r: <c>MinResource</c>, R: <c>MaxResource</c>,
/// eta: <c>ReductionFactor</c>, s: the bracket).
/// </summary>
internal sealed class AshaScheduler(EarlyTerminateSpec.Asha spec, MetricSpec metric) : ITrialScheduler
{
    private readonly List<Rung>[] _brackets = [.. Enumerable.Range(0, spec.Brackets).Select(_ => new List<Rung>())];
    private readonly Dictionary<int, int> _rungsPassed = [];

    public SchedulerDecision Decide(SchedulerReport report)
    {
        if (RungReached(report) is not { } index) return SchedulerDecision.Continue;
        var rung = RungAt(BracketOf(report.TrialNumber), index);
        if (rung.WouldKeep(report.Metric)) return SchedulerDecision.Continue;
        return SchedulerDecision.StopBecause(string.Create(CultureInfo.InvariantCulture,
            $"{metric.Name} {report.Metric:G6} is not in the top 1/{spec.ReductionFactor:G3} of {rung.Count + 1} trials after {rung.Resource} epochs."));
    }

    public void Observe(SchedulerReport report)
    {
        if (RungReached(report) is not { } index) return;
        RungAt(BracketOf(report.TrialNumber), index).Add(report.Metric);
        _rungsPassed[report.TrialNumber] = index + 1;
    }

    /// <summary>The highest rung that this report reaches for the first time. Rungs that a sparse report skips see nothing of the trial.</summary>
    private int? RungReached(SchedulerReport report)
    {
        var bracket = BracketOf(report.TrialNumber);
        var passed = _rungsPassed.GetValueOrDefault(report.TrialNumber);
        var next = passed;
        while (ResourceAt(bracket, next) is { } resource && report.Resource >= resource) next++;
        return next > passed ? next - 1 : null;
    }

    private int BracketOf(int trialNumber) => (trialNumber - 1) % _brackets.Length;

    private Rung RungAt(int bracket, int index)
    {
        var rungs = _brackets[bracket];
        while (rungs.Count <= index) rungs.Add(new Rung(ResourceAt(bracket, rungs.Count)!.Value, metric, spec.ReductionFactor));
        return rungs[index];
    }

    /// <summary>Where a rung is, or null at and above the end of the trials. A reduction factor near 1 must not give one rung twice.</summary>
    private int? ResourceAt(int bracket, int index)
    {
        var rungs = _brackets[bracket];
        if (index < rungs.Count) return rungs[index].Resource;
        var resource = Math.Round(spec.MinResource * Math.Pow(spec.ReductionFactor, bracket + index));
        if (index > 0 && ResourceAt(bracket, index - 1) is { } before) resource = Math.Max(resource, before + 1);
        return resource < (spec.MaxResource ?? int.MaxValue) ? (int)resource : null;
    }
}
