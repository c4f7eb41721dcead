using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>What the trials of a queue have used of its budget in the present period: the sum of what their experiments said last, each of each day.</summary>
internal sealed class Account(QueueBudgetSpec budget)
{
    private readonly TimeSpan _limit = TimeSpan.FromHours(budget.DeviceHours);
    private readonly Dictionary<(ExperimentId Experiment, DateOnly Day), TimeSpan> _said = [];
    private DateOnly _begins;
    private DateOnly _ends = DateOnly.MinValue;
    private TimeSpan _used;

    /// <summary>How much of it is used.</summary>
    public TimeSpan Used(DateTimeOffset now)
    {
        Turn(now);
        return _used;
    }

    /// <summary>Whether nothing of it is left.</summary>
    public bool IsSpent(DateTimeOffset now) => Used(now) >= _limit;

    /// <summary>When it is renewed; null: never.</summary>
    public DateOnly? Renews(DateTimeOffset now) => budget.EndOf(Today(now));

    /// <summary>An experiment says what it used. Less than it said before changes nothing, nor does what was before the period.</summary>
    /// <returns>What was news.</returns>
    public IReadOnlyList<DeviceTime> Say(ExperimentId experiment, IEnumerable<DeviceTime> days, DateTimeOffset now)
    {
        Turn(now);
        List<DeviceTime> news = [];
        foreach (var day in days)
        {
            if (day.Day < _begins) continue;
            var before = _said.GetValueOrDefault((experiment, day.Day));
            if (day.Time <= before) continue;
            _said[(experiment, day.Day)] = day.Time;
            _used += day.Time - before;
            news.Add(day);
        }
        return news;
    }

    private void Turn(DateTimeOffset now)
    {
        var today = Today(now);
        if (today < _ends) return;
        (_begins, _ends) = (budget.StartOf(today), budget.EndOf(today) ?? DateOnly.MaxValue);
        _used = TimeSpan.Zero;
        foreach (var (key, time) in _said)
        {
            if (key.Day >= _begins) _used += time;
            else _said.Remove(key);
        }
    }

    private static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);
}
