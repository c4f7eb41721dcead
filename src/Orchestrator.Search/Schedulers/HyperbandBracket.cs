using System.Globalization;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers;

/// <summary>One bracket of Hyperband: successive halving of a fixed number of trials.</summary>
/// <param name="size">How many trials it begins with (n).</param>
/// <param name="ladder">Its rungs.</param>
/// <param name="eta">At each rung the best <c>1/eta</c> go on, at least one.</param>
/// <param name="metric">What is optimised.</param>
internal sealed class HyperbandBracket(int size, Ladder ladder, double eta, MetricSpec metric)
{
    private readonly SortedDictionary<int, Member> _members = [];
    private int _joined;

    /// <summary>Whether all its trials have begun.</summary>
    public bool IsFull => _joined >= size;

    /// <summary>Whether all its trials have ended.</summary>
    public bool IsOver => IsFull && _members.Count == 0;

    public void Join(int trial)
    {
        _members.Add(trial, new Member());
        _joined++;
    }

    /// <summary>Where the rung is that a report reaches for the first time; null: it reaches none.</summary>
    public int? RungReached(SchedulerReport report) => ladder.Reached(_members[report.TrialNumber].Rungs, report.Resource) is { } rung ? ladder[rung] : null;

    public void Report(SchedulerReport report)
    {
        var member = _members[report.TrialNumber];
        if (ladder.Reached(member.Rungs, report.Resource) is { } rung) (member.Rungs, member.Metric) = (rung + 1, report.Metric);
    }

    public void Pause(int trial) => _members[trial].IsPaused = true;

    public void Resume(int trial) => _members[trial].IsPaused = false;

    public void End(int trial) => _members.Remove(trial);

    /// <summary>
    /// Closes the lowest rung where somebody waits, if nobody can come to it any more: its best go on, the others end.
    /// </summary>
    /// <param name="final">Nobody joins the bracket any more, though it is not full.</param>
    public List<SchedulerAction> Close(bool final)
    {
        var waiting = _members.Where(m => m.Value.IsPaused).ToList();
        if (waiting.Count == 0 || !IsFull && !final) return [];
        var rung = waiting.Min(m => m.Value.Rungs);
        if (_members.Values.Any(m => !m.IsPaused && m.Rungs < rung)) return [];
        var ranked = waiting.Where(m => m.Value.Rungs == rung).OrderBy(m => m, Comparer<KeyValuePair<int, Member>>.Create((left, right) => Compare(left, right))).Select(m => m.Key).ToList();
        var kept = Math.Max(1, (int)(ranked.Count / eta));
        var after = string.Create(CultureInfo.InvariantCulture, $"of the {ranked.Count} of its bracket after {ladder[rung - 1]} epochs.");
        return
        [
            .. ranked.Take(kept).Select(trial => new SchedulerAction.Resume(trial, $"It is among the best {kept} {after}")),
            .. ranked.Skip(kept).Select(trial => new SchedulerAction.Stop(trial, $"It is not among the best {kept} {after}")),
        ];
    }

    private int Compare(KeyValuePair<int, Member> left, KeyValuePair<int, Member> right)
    {
        if (metric.IsBetter(left.Value.Metric, right.Value.Metric)) return -1;
        return metric.IsBetter(right.Value.Metric, left.Value.Metric) ? 1 : left.Key.CompareTo(right.Key);
    }

    private sealed class Member
    {
        public int Rungs { get; set; }

        public double Metric { get; set; } = double.NaN;

        public bool IsPaused { get; set; }
    }
}
