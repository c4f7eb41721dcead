namespace Orleans.Runtime;

/// <summary>
/// Responses that wait equally long, oldest first: adding and removing is O(1), and one timer, armed for the oldest, serves them all.
/// </summary>
internal sealed class TimeoutList : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly ITimer _timer;
    private PendingResponse? _first;
    private PendingResponse? _last;
    private bool _armed;

    public TimeoutList(TimeProvider time, TimeSpan timeout)
    {
        _time = time;
        _timeout = timeout;
        _timer = time.CreateDetachedTimer(static list => ((TimeoutList)list!).Expire(), this);
    }

    public void Add(PendingResponse response)
    {
        response.TimeoutList = this;
        response.Started = _time.GetTimestamp();
        lock (_gate)
        {
            response.Previous = _last;
            if (_last is null) _first = response;
            else _last.Following = response;
            _last = response;
            if (_armed) return;
            _armed = true;
            _timer.Change(_timeout, Timeout.InfiniteTimeSpan);
        }
    }

    public bool TryRemove(PendingResponse response)
    {
        lock (_gate)
        {
            if (!response.TryMarkSettled()) return false;
            Unlink(response);
            return true;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Expire()
    {
        List<Action> expired = [];
        lock (_gate)
        {
            // Read once: time goes on between two readings, and a timer takes no negative time but for -1 ms, which is never.
            var remaining = TimeSpan.Zero;
            while (_first is { } response && (remaining = Remaining(response)) <= TimeSpan.Zero)
            {
                Unlink(response);
                response.TryMarkSettled();
                expired.Add(response.TimedOut(_timeout));
            }
            _armed = _first is not null;
            // Timers count whole milliseconds: one too early would find nothing to do.
            if (_armed) _timer.Change(remaining + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
        foreach (var action in expired) action();
    }

    private TimeSpan Remaining(PendingResponse response) => _timeout - _time.GetElapsedTime(response.Started);

    private void Unlink(PendingResponse response)
    {
        if (response.Previous is null) _first = response.Following;
        else response.Previous.Following = response.Following;
        if (response.Following is null) _last = response.Previous;
        else response.Following.Previous = response.Previous;
        response.Previous = response.Following = null;
    }
}
