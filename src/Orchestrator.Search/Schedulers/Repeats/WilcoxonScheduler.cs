using System.Globalization;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers.Repeats;

/// <summary>
/// Ends the repeats of a point once its finished ones are significantly worse than those of the best point with the same seeds: further repeats would
/// only say more exactly how poor it is.
/// </summary>
internal sealed class WilcoxonScheduler(EarlyTerminateSpec.Wilcoxon spec, MetricSpec metric, int repeats) : ITrialScheduler
{
    private readonly Dictionary<int, (int Point, int Repeat)> _repeatOf = [];
    private readonly Dictionary<int, SortedDictionary<int, double>> _points = [];
    private int? _best;

    public SchedulerDecision Decide(SchedulerReport report)
    {
        if (!_repeatOf.TryGetValue(report.TrialNumber, out var repeat) || WouldRepeat(repeat.Point)) return SchedulerDecision.Continue;
        return SchedulerDecision.StopBecause(string.Create(CultureInfo.InvariantCulture,
            $"{_points[repeat.Point].Count} repeats of this point are worse than those of trial {_best} with the same seeds (p <= {spec.Significance})."));
    }

    public void Observe(SchedulerReport report)
    {
    }

    public void Observe(SearchObservation observation)
    {
        switch (observation)
        {
            case SearchObservation.Proposed { Parent: null } o:
                _points.TryAdd(o.RepeatOf ?? o.TrialNumber, []);
                _repeatOf[o.TrialNumber] = (o.RepeatOf ?? o.TrialNumber, o.Repeat);
                break;
            case SearchObservation.Ended { StoppedAt: null, Metric: { } value } o when _repeatOf.TryGetValue(o.TrialNumber, out var repeat):
                _points[repeat.Point][repeat.Repeat] = metric.Goal == Goal.Maximize ? -value : value;
                if (_points[repeat.Point].Count == repeats && (_best is not { } best || _points[repeat.Point].Values.Average() < _points[best].Values.Average())) _best = repeat.Point;
                break;
        }
    }

    public bool WouldRepeat(int trialNumber)
    {
        if (_best is not { } best || best == trialNumber || !_points.TryGetValue(trialNumber, out var values)) return true;
        var differences = values.Where(v => _points[best].ContainsKey(v.Key)).Select(v => v.Value - _points[best][v.Key]).ToList();
        return SignedRanks.ProbabilityOfGreater(differences) > spec.Significance;
    }
}
