using System.Runtime.CompilerServices;

namespace Grpc.Net.Client.Internal;

/// <summary>Everything that ends a call from this side: the caller's token, its deadline, disposal. The first one gives the status.</summary>
internal sealed class CallCancellation : IDisposable
{
    /// <summary>The longest wait that a timer takes; a later deadline is looked at again then.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly CancellationTokenSource _source = new();
    private readonly TimeProvider _time;
    private readonly CancellationTokenRegistration _registration;
    private readonly ITimer? _timer;
    private StrongBox<Status>? _reason;

    public CallCancellation(TimeProvider time, DateTime? deadline, CancellationToken cancellationToken)
    {
        _time = time;
        CallerToken = cancellationToken;
        if (deadline is { } utc && utc != DateTime.MaxValue)
        {
            Deadline = utc.ToUniversalTime();
            _timer = time.CreateTimer(static s => ((CallCancellation)s!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            OnTimer();
        }

        _registration = cancellationToken.UnsafeRegister(static s => ((CallCancellation)s!).Cancel(CancelledByCaller), this);
    }

    public static Status CancelledByCaller => new(StatusCode.Cancelled, "Call canceled by the client.");

    public CancellationToken CallerToken { get; }

    public DateTime? Deadline { get; }

    public CancellationToken Token => _source.Token;

    /// <value>Why the call was ended; null while it was not.</value>
    public Status? Reason => Volatile.Read(ref _reason)?.Value;

    public TimeSpan TimeLeft => Deadline is { } deadline ? deadline - _time.GetUtcNow().UtcDateTime : Timeout.InfiniteTimeSpan;

    public void Cancel(Status reason)
    {
        if (Interlocked.CompareExchange(ref _reason, new StrongBox<Status>(reason), null) is null) _source.Cancel();
    }

    /// <summary>Frees timer and registration; the call has ended.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        _registration.Dispose();
    }

    private void OnTimer()
    {
        var left = TimeLeft;
        if (left <= TimeSpan.Zero) Cancel(new Status(StatusCode.DeadlineExceeded, ""));
        else _timer!.Change(left < LongestTimer ? left : LongestTimer, Timeout.InfiniteTimeSpan);
    }
}
