namespace Orleans.Runtime;

/// <summary>Ticks one reminder: at its start and every period from there. Ticks that fall while the silo is down are not made up for.</summary>
internal sealed class ReminderClock : IDisposable
{
    // Timers reach 49 days; a reminder may be further away.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly ReminderEntry _entry;
    private readonly TimeProvider _time;
    private readonly Func<ReminderEntry, TickStatus, Task> _tick;
    private readonly ITimer _timer;
    private DateTime _due;
    private volatile bool _isDisposed;

    public ReminderClock(ReminderEntry entry, TimeProvider time, Func<ReminderEntry, TickStatus, Task> tick)
    {
        (_entry, _time, _tick) = (entry, time, tick);
        _due = NextDue(inclusive: true);
        _timer = time.CreateDetachedTimer(static clock => ((ReminderClock)clock!).Fire(), this);
        Wait();
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
    }

    // The tick handles its own errors.
    private async void Fire()
    {
        if (Now >= _due)
        {
            await _tick(_entry, new TickStatus(_entry.StartAt, _entry.Period, Now));
            _due = NextDue(inclusive: false);
        }
        Wait();
    }

    private void Wait()
    {
        if (_isDisposed) return;
        var wait = _due - Now;
        _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
    }

    private DateTime NextDue(bool inclusive)
    {
        var now = Now;
        if (now < _entry.StartAt || (inclusive && now == _entry.StartAt)) return _entry.StartAt;
        var periods = (now - _entry.StartAt).Ticks / _entry.Period.Ticks;
        var latest = _entry.StartAt + (periods * _entry.Period);
        return inclusive && latest == now ? latest : latest + _entry.Period;
    }
}
