using System.Globalization;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>
/// Asynchronous successive halving, promotion type: a trial pauses at each rung unless it is in the top <c>1/eta</c> of what the rung has seen, and
/// goes on once it is. So the short trials are spread over many points before any is trained long. A first rung after one epoch is on probation
/// (<see cref="Probation"/>). Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020.
/// </summary>
internal sealed class PromotionScheduler(EarlyTerminateSpec.Promotion spec, MetricSpec metric) : ITrialScheduler
{
    private readonly PromotionBracket[] _brackets = [.. Enumerable.Range(0, spec.Brackets).Select(number => new PromotionBracket(spec, metric, number))];
    private readonly SortedSet<int> _paused = [];
    private readonly SortedSet<int> _promoted = [];
    private bool _anyWhole;

    public SchedulerDecision Decide(SchedulerReport report)
    {
        var bracket = BracketOf(report.TrialNumber);
        if (bracket.Reached(report) is not { } rung || bracket.WouldPromote(rung, report)) return SchedulerDecision.Continue;
        return SchedulerDecision.PauseBecause(string.Create(CultureInfo.InvariantCulture,
            $"{metric.Name} {report.Metric:G6} is not in the top 1/{spec.ReductionFactor:G3} of {bracket.CountAt(rung) + 1} trials after {bracket.ResourceAt(rung)} epochs."));
    }

    public void Observe(SchedulerReport report)
    {
        var bracket = BracketOf(report.TrialNumber);
        if (bracket.Reached(report) is { } rung && bracket.Add(rung, report) is { } promoted && _paused.Contains(promoted)) _promoted.Add(promoted);
    }

    public void Observe(SearchObservation observation)
    {
        switch (observation)
        {
            case SearchObservation.Paused o:
                _paused.Add(o.TrialNumber);
                break;
            case SearchObservation.Resumed o:
                Forget(o.TrialNumber);
                break;
            case SearchObservation.Ended o:
                Forget(o.TrialNumber);
                _anyWhole |= o is { StoppedAt: null, Metric: not null };
                break;
        }
    }

    public IReadOnlyList<SchedulerAction> Release(bool idle)
    {
        if (_promoted.Count > 0) return [.. _promoted.Select(trial => new SchedulerAction.Resume(trial, "It is among the best of its rung now."))];
        if (!idle || _anyWhole || _paused.Count == 0) return [];
        // A sweep too small for its rungs must not end without one whole training.
        var best = _brackets.SelectMany(bracket => bracket.BestWaiting(_paused)).OrderByDescending(t => t.Resource).First().Trial;
        return [new SchedulerAction.Resume(best, "No trial has been trained to its end, and it is the best of those that came furthest.")];
    }

    private void Forget(int trial)
    {
        _paused.Remove(trial);
        _promoted.Remove(trial);
    }

    private PromotionBracket BracketOf(int trialNumber) => _brackets[(trialNumber - 1) % _brackets.Length];
}
