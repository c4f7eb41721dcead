using Orchestrator.Domain.Metrics;
using Orchestrator.Protocol;
using Orchestrator.Worker.Connection;

namespace Orchestrator.Worker.Attempts;

/// <summary>
/// Sends the curves of an attempt in batches: when enough points wait, or the oldest has waited long enough, and never a second batch before the first is
/// acknowledged. So a coordinator that is away costs a buffer, and neither waiting nor points beyond its resolution. Used by the training thread.
/// </summary>
internal sealed class CurveReporter(Attempt attempt, Outbox outbox, Func<long> nextSequence, TimeProvider time, CancellationToken abort)
{
    /// <summary>How many points are sent at once, whatever their age.</summary>
    public const int BatchPoints = 256;

    /// <summary>How long a point waits for others.</summary>
    public static readonly TimeSpan BatchTime = TimeSpan.FromSeconds(5);

    private readonly CurveBuffer _points = new();
    private Task _sent = Task.CompletedTask;
    private long _oldest;

    /// <summary>Takes note of a point, and sends what waits when it is time.</summary>
    public void Add(MetricPoint point)
    {
        if (_points.Count == 0) _oldest = time.GetTimestamp();
        _points.Add(point);
        if (_sent.IsCompleted && (_points.Count >= BatchPoints || time.GetElapsedTime(_oldest) >= BatchTime)) Send(abort);
    }

    /// <summary>Sends what waits, since nothing more comes.</summary>
    public void End()
    {
        if (_points.Count > 0) Send(CancellationToken.None);
    }

    private void Send(CancellationToken cancellationToken)
    {
        var message = new Measured { Attempt = attempt, Sequence = nextSequence() };
        _points.MoveTo(message.Series);
        _sent = outbox.Add(attempt, message.Sequence, new WorkerMessage { Measured = message }, cancellationToken);
    }
}
