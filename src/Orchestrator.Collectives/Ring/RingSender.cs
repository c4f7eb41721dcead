using Grpc.Core;
using Orchestrator.Collectives.Calls;
using Orchestrator.Protocol;

namespace Orchestrator.Collectives.Ring;

/// <summary>Passes chunks on to the next rank, which pulls them: first this rank's own, then each that has been received.</summary>
internal sealed class RingSender(RingTransport ring)
{
    private readonly RingQueue _toSend = new();
    private readonly Queue<RingCall> _announced = new();
    private readonly RingData _chunk = new();

    public void Add(RingWork work) => _toSend.Add(work);

    /// <summary>Wakes the loop: more has been received, or it is to stop.</summary>
    public void Wake() => _toSend.Signal.Set();

    /// <summary>Serves the next rank's stream until it ends.</summary>
    public async Task RunAsync(IAsyncStreamReader<RingRequest> requests, IServerStreamWriter<RingData> chunks, CancellationToken stop)
    {
        var reading = ReadAnnouncementsAsync(requests, stop);
        try
        {
            while (true)
            {
                var work = await _toSend.TakeAsync(stop);
                Compare(work, await NextAnnouncementAsync(stop));
                await SendAsync(work, chunks, stop);
                ring.EndSide(work);
            }
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            ring.Break(ring.LostTo(ring.Successor, exception));
        }
        finally
        {
            // Ends when the ring has been told to stop, by the above at the latest.
            await reading;
        }
    }

    private async Task SendAsync(RingWork work, IServerStreamWriter<RingData> chunks, CancellationToken stop)
    {
        var cursor = default(RingCursor);
        var sent = 0L;
        while (cursor.TryPeek(work.Plan, sending: true, RingTransport.ChunkBytes, out var step, out var chunk))
        {
            while (work.Plan.OwnBytes + work.Received < sent + chunk.Length)
            {
                stop.ThrowIfCancellationRequested();
                await _toSend.Signal.WaitAsync();
            }
            _chunk.Call = work.Call.Sequence;
            _chunk.Step = step;
            _chunk.Offset = chunk.Offset;
            _chunk.Address = work.Buffer.Address + (nint)chunk.Offset;
            _chunk.Length = (int)chunk.Length;
            await chunks.WriteAsync(_chunk, stop);
            cursor.Advance(chunk);
            sent += chunk.Length;
            ring.OnSent();
        }
    }

    private async Task ReadAnnouncementsAsync(IAsyncStreamReader<RingRequest> requests, CancellationToken stop)
    {
        try
        {
            while (await requests.MoveNext(stop))
            {
                lock (_announced)
                    _announced.Enqueue(requests.Current.Call ?? throw new RpcException(new(StatusCode.InvalidArgument, "A ring stream has one start, and calls after it.")));
                Wake();
            }
            throw new CollectiveException(CollectiveErrorCode.PeerLost, $"{ring.Describe(ring.Successor)} ended its stream.");
        }
        catch (Exception exception)
        {
            if (!stop.IsCancellationRequested)
                ring.Break(ring.LostTo(ring.Successor, exception));
        }
    }

    private async ValueTask<RingCall> NextAnnouncementAsync(CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            lock (_announced)
            {
                if (_announced.TryDequeue(out var call))
                    return call;
            }
            await _toSend.Signal.WaitAsync();
        }
    }

    private void Compare(RingWork work, RingCall theirs)
    {
        var mine = work.Call.Description;
        var buffer = new ReduceBuffer(0, (long)theirs.Count, (ElementType)theirs.Type);
        var other = new CallDescription((CallKind)theirs.Kind, buffer, (ReduceOperation)theirs.Operation, theirs.Root);
        if (other != mine with { Buffer = work.Buffer with { Address = 0 } })
        {
            throw new CollectiveException(
                CollectiveErrorCode.Mismatch,
                $"Call {work.Call.Sequence} on rank {ring.Options.Rank} is: {mine}; on rank {ring.Successor}: {other}. Every rank must issue the same calls in the same order.");
        }
    }
}
