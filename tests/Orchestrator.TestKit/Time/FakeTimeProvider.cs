namespace Orchestrator.TestKit.Time;

/// <summary>A clock that stands still until a test advances it. Timers fire inside <see cref="Advance"/>, in the order they are due, each seeing the time it was due at.</summary>
public sealed class FakeTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly DateTimeOffset _start;
    private DateTimeOffset _now;
    private long _armed;

    /// <summary>Starts at midnight of 2030-01-01, UTC.</summary>
    public FakeTimeProvider() : this(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)) { }

    public FakeTimeProvider(DateTimeOffset start) => _start = _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The time.</summary>
    public DateTimeOffset Now => GetUtcNow();

    /// <summary>How many timers will fire.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_lock) return _timers.Count;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override long GetTimestamp()
    {
        lock (_lock) return (_now - _start).Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the time on and fires what becomes due.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var until = Now + by;
        while (TakeDue(until) is { } timer) timer.Fire();
        lock (_lock)
        {
            if (_now < until) _now = until;
        }
    }

    internal void Arm(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) return;
            timer.Due = _now + dueTime;
            timer.Period = period;
            timer.Order = _armed++;
            _timers.Add(timer);
        }
        // As the system's does, a timer that is due at once fires without anybody moving the clock.
        if (dueTime == TimeSpan.Zero) Advance(TimeSpan.Zero);
    }

    internal void Disarm(FakeTimer timer)
    {
        lock (_lock) _timers.Remove(timer);
    }

    private FakeTimer? TakeDue(DateTimeOffset until)
    {
        lock (_lock)
        {
            var timer = _timers.Where(t => t.Due <= until).OrderBy(t => t.Due).ThenBy(t => t.Order).FirstOrDefault();
            if (timer is null) return null;
            if (_now < timer.Due) _now = timer.Due;
            if (timer.Period > TimeSpan.Zero)
            {
                timer.Due += timer.Period;
                timer.Order = _armed++;
            }
            else
            {
                _timers.Remove(timer);
            }
            return timer;
        }
    }
}
