namespace Orchestrator.Domain.Budgets;

/// <summary>Device time by UTC day: every period of a budget is made of whole days, whatever an operator makes of it later.</summary>
public sealed class DeviceTimes
{
    private readonly SortedDictionary<DateOnly, TimeSpan> _byDay;

    /// <summary>None so far.</summary>
    public DeviceTimes() => _byDay = [];

    /// <summary>A copy.</summary>
    public DeviceTimes(DeviceTimes other)
    {
        _byDay = new SortedDictionary<DateOnly, TimeSpan>(other._byDay);
        Total = other.Total;
    }

    /// <summary>All of it.</summary>
    public TimeSpan Total { get; private set; }

    /// <summary>The days that have some, the first one first.</summary>
    public IEnumerable<DeviceTime> Days => _byDay.Select(day => new DeviceTime(day.Key, day.Value));

    /// <summary>Adds that devices were taken for a while; nothing where it ends before it begins.</summary>
    /// <param name="from">Since when.</param>
    /// <param name="to">Until when.</param>
    /// <param name="devices">How many, in parts too, 0 or more.</param>
    public void Add(DateTimeOffset from, DateTimeOffset to, double devices)
    {
        for (var (at, end) = (from.UtcDateTime, to.UtcDateTime); at < end;)
        {
            var next = at.Date.AddDays(1) < end ? at.Date.AddDays(1) : end;
            var time = (next - at) * devices;
            var day = DateOnly.FromDateTime(at);
            _byDay[day] = _byDay.GetValueOrDefault(day) + time;
            Total += time;
            at = next;
        }
    }
}
