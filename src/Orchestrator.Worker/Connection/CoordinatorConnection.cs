using Grpc.Core;
using Orchestrator.Domain.Randomness;
using Orchestrator.Protocol;

namespace Orchestrator.Worker.Connection;

/// <summary>
/// Keeps the worker's stream to the coordinator: dials, registers with what runs, repeats what was not acknowledged, sends heartbeats,
/// and dials again with growing, jittered pauses when the stream breaks.
/// </summary>
public sealed partial class CoordinatorConnection(
    Workers.WorkersClient client, Register register, Outbox outbox, ICoordinatorListener listener, TimeSpan giveUpAfter, TimeProvider time, ILogger<CoordinatorConnection> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan RegistrationTimeout = TimeSpan.FromSeconds(15);

    private volatile bool _isRegistered;
    private volatile bool _isLeaving;
    private SplitMix64 _jitter = new((ulong)Environment.ProcessId);

    /// <summary>Whether the coordinator knows the worker now.</summary>
    public bool IsRegistered => _isRegistered;

    /// <summary>Ends the stream in order when what is in the outbox has been written, so that the coordinator knows that the worker has left; <see cref="Run"/> then ends.</summary>
    public void Leave() => _isLeaving = true;

    /// <summary>Runs until cancelled, or until the worker has left.</summary>
    /// <returns>Null, or why the worker can't go on: it was refused, or was idle and found no coordinator for too long.</returns>
    public async Task<string?> Run(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        var lost = time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var connected = false;
                var refusal = await Serve(() => connected = true, cancellationToken);
                if (refusal is not null) return refusal;
                if (connected) (pause, lost) = (FirstPause, time.GetTimestamp());
            }
            catch (Exception exception) when (exception is RpcException or IOException or OperationCanceledException or TimeoutException)
            {
                if (cancellationToken.IsCancellationRequested || _isLeaving) return null;
                LogDisconnected(exception is RpcException rpc ? rpc.Status.Detail : exception.Message, pause);
            }
            if (listener.Running is not null) lost = time.GetTimestamp();
            if (time.GetElapsedTime(lost) > giveUpAfter) return $"No coordinator was found for {giveUpAfter}.";
            await Pause(pause, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
        return null;
    }

    private async Task<string?> Serve(Action connected, CancellationToken cancellationToken)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call = client.Connect(cancellationToken: broken.Token);
        var registration = register.Clone();
        registration.Running = listener.Running;
        await call.RequestStream.WriteAsync(new WorkerMessage { Register = registration }, broken.Token);

        var first = await Next(call.ResponseStream, broken.Token).WaitAsync(RegistrationTimeout, time, broken.Token);
        if (first?.Refused is { } refused) return refused.Reason;
        if (first?.Registered is not { } registered) throw new IOException("The coordinator did not answer the registration.");
        connected();
        LogConnected(register.Worker);
        _isRegistered = true;
        outbox.Rewind();
        var writing = Write(call.RequestStream, registered, broken.Token);
        try
        {
            while (await Next(call.ResponseStream, broken.Token) is { } message) Handle(message);
            throw new IOException("The coordinator ended the stream.");
        }
        finally
        {
            _isRegistered = false;
            await broken.CancelAsync();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Handle(CoordinatorMessage message)
    {
        switch (message.BodyCase)
        {
            case CoordinatorMessage.BodyOneofCase.Assign: listener.OnAssign(message.Assign); break;
            case CoordinatorMessage.BodyOneofCase.Stop: listener.OnStop(message.Stop); break;
            case CoordinatorMessage.BodyOneofCase.Acknowledge: outbox.Acknowledge(message.Acknowledge); break;
            case CoordinatorMessage.BodyOneofCase.Drain: listener.OnDrain(message.Drain.Reason); break;
            default: break;
        }
    }

    /// <summary>The only writer of the stream: what waits in the outbox at once, progress now and then, heartbeats between.</summary>
    private async Task Write(IClientStreamWriter<WorkerMessage> requests, Registered registered, CancellationToken cancellationToken)
    {
        var heartbeat = TimeSpan.FromSeconds(registered.HeartbeatSeconds);
        var lastHeartbeat = 0L;
        var saidLeaving = false;
        var saidLost = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (listener.IsLeaving && !saidLeaving)
            {
                // Before the end of what runs: who is told of that end gives an idle worker something new to do.
                saidLeaving = true;
                await SendHeartbeat(requests, cancellationToken);
            }
            while (outbox.TakeNext() is { } message)
            {
                if (message.Measured is { } measured && !registered.TakesCurves) outbox.Acknowledge(new Acknowledge { Attempt = measured.Attempt, Sequence = measured.Sequence });
                else await requests.WriteAsync(message, cancellationToken);
            }
            if (listener.TakeProgress() is { } progress) await requests.WriteAsync(new WorkerMessage { Progress = progress }, cancellationToken);
            if (lastHeartbeat == 0 || time.GetElapsedTime(lastHeartbeat) >= heartbeat || listener.LostGeneration > saidLost)
            {
                lastHeartbeat = time.GetTimestamp();
                saidLost = listener.LostGeneration;
                await SendHeartbeat(requests, cancellationToken);
            }
            if (_isLeaving)
            {
                await requests.CompleteAsync();
                return;
            }
            await WaitForWork(cancellationToken);
        }
    }

    private Task SendHeartbeat(IClientStreamWriter<WorkerMessage> requests, CancellationToken cancellationToken) =>
        requests.WriteAsync(new WorkerMessage { Heartbeat = new Heartbeat { Running = listener.Running, Leaving = listener.IsLeaving, LostGeneration = listener.LostGeneration } }, cancellationToken);

    private async Task WaitForWork(CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(outbox.WaitForMore(), Task.Delay(ProgressEvery, time, done.Token));
        await done.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task Pause(TimeSpan pause, CancellationToken cancellationToken) =>
        await Task.Delay(pause * (0.5 + _jitter.NextDouble()), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task<CoordinatorMessage?> Next(IAsyncStreamReader<CoordinatorMessage> responses, CancellationToken cancellationToken) =>
        await responses.MoveNext(cancellationToken) ? responses.Current : null;

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Worker {Worker} is registered")]
    private partial void LogConnected(string worker);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "No connection to the coordinator ({Reason}); trying again in about {Pause}")]
    private partial void LogDisconnected(string reason, TimeSpan pause);
}
