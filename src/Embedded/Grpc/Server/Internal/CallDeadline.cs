namespace Grpc.AspNetCore.Server.Internal;

/// <summary>When a call must end, and the token that tells its handler.</summary>
internal sealed class CallDeadline : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly CancellationTokenSource _source;
    private readonly TaskCompletionSource _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public CallDeadline(TimeProvider time, TimeSpan timeout, CancellationToken aborted)
    {
        _time = time;
        var now = time.GetUtcNow().UtcDateTime;
        Utc = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
        _source = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        _timer = time.CreateTimer(static s => ((CallDeadline)s!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        OnTimer();
    }

    public DateTime Utc { get; }

    /// <value>Cancelled by the deadline and by the end of the request.</value>
    public CancellationToken Token => _source.Token;

    public bool HasPassed => _passed.Task.IsCompleted;

    /// <summary>Waits for the deadline or the handler, whichever comes first.</summary>
    public Task RaceAsync(Task handler) => Task.WhenAny(_passed.Task, handler);

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void OnTimer()
    {
        var left = Utc - _time.GetUtcNow().UtcDateTime;
        if (left > TimeSpan.Zero)
        {
            _timer.Change(left < LongestTimer ? left : LongestTimer, Timeout.InfiniteTimeSpan);
            return;
        }

        _passed.TrySetResult();
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended while the timer fired.
        }
    }
}
