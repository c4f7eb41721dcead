using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>The trials that have come to a rung: the top <c>1/eta</c>, which go on, and the rest, which wait. O(log n) for each.</summary>
internal sealed class PromotionRung
{
    private readonly double _eta;
    private readonly Goal _goal;
    private readonly SortedSet<(double Value, int Trial)> _top = [];
    private readonly SortedSet<(double Value, int Trial)> _rest = [];

    public PromotionRung(double eta, Goal goal) => (_eta, _goal) = (eta, goal);

    /// <summary>How many trials have come to it.</summary>
    public int Count => _top.Count + _rest.Count;

    /// <summary>The best trials that wait, the best first.</summary>
    public IEnumerable<int> Waiting => _rest.Select(entry => entry.Trial);

    /// <summary>Whether a trial that comes now goes on.</summary>
    public bool WouldPromote(int trial, double metric)
    {
        var entry = (Turned(metric), trial);
        var keep = Kept(Count + 1);
        if (keep == 0) return false;
        var rivals = _top.Count < keep ? _rest : _top;
        var rival = _top.Count < keep ? rivals.Min : rivals.Max;
        return rivals.Count == 0 || entry.CompareTo(rival) < 0;
    }

    /// <summary>A trial has come.</summary>
    /// <returns>The trial that goes on for the first time because of it, itself or one that waited; null: none.</returns>
    public int? Add(int trial, double metric)
    {
        var entry = (Turned(metric), trial);
        int? promoted = null;
        if (_top.Count > 0 && entry.CompareTo(_top.Max) < 0)
        {
            _top.Add(entry);
            promoted = trial;
        }
        else
        {
            _rest.Add(entry);
        }
        var keep = Kept(Count);
        if (_top.Count > keep) Move(_top, _rest, _top.Max);
        if (_top.Count < keep) promoted = Move(_rest, _top, _rest.Min);
        return promoted;
    }

    private static int Move(SortedSet<(double, int)> from, SortedSet<(double, int)> to, (double Value, int Trial) entry)
    {
        from.Remove(entry);
        to.Add(entry);
        return entry.Trial;
    }

    private int Kept(int count) => (int)(count / _eta);

    /// <summary>Less is better, and NaN is worst.</summary>
    private double Turned(double metric) => double.IsNaN(metric) ? double.PositiveInfinity : _goal == Goal.Maximize ? -metric : metric;
}
