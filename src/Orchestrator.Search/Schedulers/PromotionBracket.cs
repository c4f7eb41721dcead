using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>One bracket of promotions: its rungs, and how far each trial has come.</summary>
internal sealed class PromotionBracket(EarlyTerminateSpec.Promotion spec, MetricSpec metric, int number)
{
    private readonly Ladder _ladder = new(spec.MinResource * Math.Pow(spec.ReductionFactor, number), spec.ReductionFactor, spec.MaxResource ?? int.MaxValue);
    private readonly List<PromotionRung> _rungs = [];
    private readonly Dictionary<int, (int Rungs, double Metric)> _passed = [];
    private readonly Probation? _probation = spec.MinResource == 1 && number == 0 ? new Probation(metric) : null;

    /// <summary>Where a rung is, in epochs.</summary>
    public int ResourceAt(int rung) => _ladder[rung]!.Value;

    /// <summary>How many trials have come to a rung.</summary>
    public int CountAt(int rung) => Rung(rung).Count;

    /// <summary>The rung that a report reaches for the first time.</summary>
    public int? Reached(SchedulerReport report) => _ladder.Reached(_passed.GetValueOrDefault(report.TrialNumber).Rungs, report.Resource);

    /// <summary>Whether a trial that reaches a rung goes on at once. A first rung at the first epoch has to show that it tells something, unless it is the only one.</summary>
    public bool WouldPromote(int rung, SchedulerReport report) =>
        Rung(rung).WouldPromote(report.TrialNumber, report.Metric) || rung == 0 && _probation is { Verdict: not true } && _ladder[1] is not null;

    /// <summary>A trial has come to a rung.</summary>
    /// <returns>The trial that may go on because of it, if any.</returns>
    public int? Add(int rung, SchedulerReport report)
    {
        if (rung == 1 && _passed.TryGetValue(report.TrialNumber, out var first)) _probation?.Add(first.Metric, report.Metric);
        _passed[report.TrialNumber] = (rung + 1, report.Metric);
        // One that was in the top before is further already.
        return Rung(rung).Add(report.TrialNumber, report.Metric) is { } promoted && _passed[promoted].Rungs == rung + 1 ? promoted : null;
    }

    /// <summary>For each rung the best of some trials that waits there.</summary>
    public IEnumerable<(int Trial, int Resource)> BestWaiting(IReadOnlySet<int> among)
    {
        for (var rung = 0; rung < _rungs.Count; rung++)
        {
            foreach (var trial in _rungs[rung].Waiting.Where(trial => among.Contains(trial) && _passed[trial].Rungs == rung + 1).Take(1)) yield return (trial, ResourceAt(rung));
        }
    }

    private PromotionRung Rung(int index)
    {
        while (_rungs.Count <= index) _rungs.Add(new PromotionRung(spec.ReductionFactor, metric.Goal));
        return _rungs[index];
    }
}
