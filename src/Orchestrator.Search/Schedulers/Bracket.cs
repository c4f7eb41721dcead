using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>The rungs of one bracket, made as trials reach them.</summary>
internal sealed class Bracket(EarlyTerminateSpec.Asha spec, MetricSpec metric, int number)
{
    private readonly List<Rung> _rungs = [];
    private readonly Probation? _probation = spec.MinResource == 1 && number == 0 ? new Probation(metric) : null;

    /// <summary>The rung at an index, from 0.</summary>
    public Rung this[int index]
    {
        get
        {
            while (_rungs.Count <= index) _rungs.Add(new Rung(ResourceAt(_rungs.Count)!.Value, metric, spec.ReductionFactor));
            return _rungs[index];
        }
    }

    /// <summary>Where a rung is, or null at and above the end of the trials. A reduction factor near 1 must not give one rung twice.</summary>
    public int? ResourceAt(int index)
    {
        if (index < _rungs.Count) return _rungs[index].Resource;
        var resource = Math.Round(spec.MinResource * Math.Pow(spec.ReductionFactor, number + index));
        if (index > 0 && ResourceAt(index - 1) is { } before) resource = Math.Max(resource, before + 1);
        return resource < (spec.MaxResource ?? int.MaxValue) ? (int)resource : null;
    }

    /// <summary>Whether trials may be stopped at a rung. A first rung at the first epoch has to show that it tells something, unless it is the only one.</summary>
    public bool MayStopAt(int index) => index > 0 || _probation is null || _probation.Verdict == true || ResourceAt(1) is null;

    /// <summary>A trial has gone from a rung to the next.</summary>
    public void Passed(int from, double here, double next)
    {
        if (from == 0) _probation?.Add(here, next);
        this[from].Trust.Add(here, next);
    }
}
