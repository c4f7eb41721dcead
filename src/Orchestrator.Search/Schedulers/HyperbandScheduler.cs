using System.Globalization;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>
/// Hyperband: brackets from many short trials to few whole ones, each filled in turn and then round again. A bracket's trials pause at a rung until
/// all are there; the best <c>1/eta</c> of them go on. Free slots meanwhile begin the next bracket, so nobody waits idle.
/// Li et al., Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization, JMLR 2018 (R: <c>MaxResource</c>, eta: <c>ReductionFactor</c>,
/// s: the bracket, n: its size, r: its first rung).
/// </summary>
internal sealed class HyperbandScheduler : ITrialScheduler
{
    private readonly EarlyTerminateSpec.Hyperband _spec;
    private readonly MetricSpec _metric;
    private readonly int _most;
    private readonly List<HyperbandBracket> _open = [];
    private readonly Dictionary<int, HyperbandBracket> _bracketOf = [];
    private int _made;

    public HyperbandScheduler(EarlyTerminateSpec.Hyperband spec, MetricSpec metric)
    {
        (_spec, _metric) = (spec, metric);
        // The epsilon is for ratios that are powers of eta.
        _most = (int)Math.Floor(Math.Log((double)spec.MaxResource / spec.MinResource) / Math.Log(spec.ReductionFactor) + 1e-9);
    }

    public SchedulerDecision Decide(SchedulerReport report)
    {
        if (!_bracketOf.TryGetValue(report.TrialNumber, out var bracket) || bracket.RungReached(report) is not { } resource) return SchedulerDecision.Continue;
        return SchedulerDecision.PauseBecause(string.Create(CultureInfo.InvariantCulture, $"{_metric.Name} {report.Metric:G6} waits for the other trials of its bracket after {resource} epochs."));
    }

    public void Observe(SchedulerReport report)
    {
        if (_bracketOf.TryGetValue(report.TrialNumber, out var bracket)) bracket.Report(report);
    }

    public void Observe(SearchObservation observation)
    {
        switch (observation)
        {
            case SearchObservation.Proposed { Parent: null } o:
                Join(o.TrialNumber);
                break;
            case SearchObservation.Paused o when _bracketOf.TryGetValue(o.TrialNumber, out var bracket):
                bracket.Pause(o.TrialNumber);
                break;
            case SearchObservation.Resumed o when _bracketOf.TryGetValue(o.TrialNumber, out var bracket):
                bracket.Resume(o.TrialNumber);
                break;
            case SearchObservation.Ended o when _bracketOf.Remove(o.TrialNumber, out var bracket):
                bracket.End(o.TrialNumber);
                if (bracket.IsOver) _open.Remove(bracket);
                break;
        }
    }

    public IReadOnlyList<SchedulerAction> Release(bool idle)
    {
        foreach (var bracket in _open)
            if (bracket.Close(idle) is { Count: > 0 } actions) return actions;
        return [];
    }

    private void Join(int trial)
    {
        if (_open.Count == 0 || _open[^1].IsFull) _open.Add(Next());
        _open[^1].Join(trial);
        _bracketOf[trial] = _open[^1];
    }

    private HyperbandBracket Next()
    {
        var s = _most - _made++ % (_most + 1);
        var size = (int)Math.Ceiling((_most + 1.0) / (s + 1) * Math.Pow(_spec.ReductionFactor, s) - 1e-9);
        var first = _spec.MaxResource * Math.Pow(_spec.ReductionFactor, -s);
        return new HyperbandBracket(size, new Ladder(first, _spec.ReductionFactor, _spec.MaxResource), _spec.ReductionFactor, _metric);
    }
}
