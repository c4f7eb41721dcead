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
        var latest = LatestDue();
        _due = latest < Now ? latest + entry.Period : latest;
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
            // Ticks that the handler ran through come to one, at once.
            var (next, latest) = (_due + _entry.Period, LatestDue());
            _due = next < latest ? latest : next;
        }
        Wait();
    }

    private void Wait()
    {
        if (_isDisposed) return;
        var wait = _due - Now;
        _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
    }

    // The tick that was due last, or the first if none was yet.
    private DateTime LatestDue()
    {
        var now = Now;
        return now < _entry.StartAt ? _entry.StartAt : _entry.StartAt + ((now - _entry.StartAt).Ticks / _entry.Period.Ticks * _entry.Period);
    }
}
