using System.Buffers;
using Grpc.Core;
using Orchestrator.Collectives.Arithmetic;
using Orchestrator.Protocol;

namespace Orchestrator.Collectives.Ring;

/// <summary>Pulls from the rank before this one, and combines what arrives as it arrives, straight from the transport's buffer.</summary>
internal sealed class RingReceiver(RingTransport ring, CallInvoker predecessor)
{
    private readonly RingQueue _toAnnounce = new();
    private readonly RingQueue _toReceive = new();
    private RingWork? _work;
    private RingCursor _cursor;

    /// <summary>Ends after <see cref="RunAsync"/>, when it has been woken to stop.</summary>
    public Task Announcing { get; private set; } = Task.CompletedTask;

    public void Add(RingWork work)
    {
        _toAnnounce.Add(work);
        _toReceive.Add(work);
    }

    /// <summary>Wakes the loops, to see that they are to stop.</summary>
    public void Wake()
    {
        _toAnnounce.Signal.Set();
        _toReceive.Signal.Set();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        var method = RingMethod.Create(new(static (_, _) => throw new NotSupportedException(), Accept));
        using var call = predecessor.AsyncDuplexStreamingCall(method, null, new(cancellationToken: stop));
        await call.RequestStream.WriteAsync(new() { Start = new() { Group = ring.Options.GroupName, Rank = ring.Options.Rank } }, stop);
        Announcing = AnnounceAsync(call.RequestStream, stop);
        while (true)
        {
            _work = await _toReceive.TakeAsync(stop);
            _cursor = default;
            while (_cursor.TryPeek(_work.Plan, sending: false, RingTransport.ChunkBytes, out _, out _))
            {
                if (!await call.ResponseStream.MoveNext(stop))
                    throw new CollectiveException(CollectiveErrorCode.PeerLost, $"{ring.Describe(ring.Predecessor)} ended its stream.");
            }
            ring.EndSide(_work);
        }
    }

    // Tells the predecessor of each call as soon as it is issued, so that its data may come.
    private async Task AnnounceAsync(IClientStreamWriter<RingRequest> requests, CancellationToken stop)
    {
        var announcement = new RingCall();
        var request = new RingRequest { Call = announcement };
        while (true)
        {
            var work = await _toAnnounce.TakeAsync(stop);
            var (kind, _, operation, root) = work.Call.Description;
            announcement.Kind = (RingCall.Types.Kind)kind;
            announcement.Count = (ulong)work.Buffer.Count;
            announcement.Type = (uint)work.Buffer.Type;
            announcement.Operation = (uint)operation;
            announcement.Root = root;
            await requests.WriteAsync(request, stop);
        }
    }

    // Called by the stream for each message, while it holds the message's bytes.
    private RingData Accept(DeserializationContext context)
    {
        try
        {
            Accept(RingChunkFormat.Read(context.PayloadAsReadOnlySequence()));
        }
        catch (InvalidDataException exception)
        {
            ring.Break(new(CollectiveErrorCode.Mismatch, $"{ring.Describe(ring.Predecessor)} sent what is not part of this call: {exception.Message}", exception));
            throw;
        }
        return RingMethod.Taken;
    }

    private unsafe void Accept(RingHeader header)
    {
        var work = _work!;
        if (!_cursor.TryPeek(work.Plan, sending: false, RingTransport.ChunkBytes, out var step, out var chunk)
            || header.Call != (ulong)work.Call.Sequence || header.Step != (ulong)step
            || header.Offset != (ulong)chunk.Offset || header.Data.Length != chunk.Length)
        {
            throw new InvalidDataException($"{header.Data.Length} bytes for call {header.Call}, step {header.Step}, offset {header.Offset} came in place of {chunk.Length} for call {work.Call.Sequence}, step {step}, offset {chunk.Offset}.");
        }
        var target = new Span<byte>((byte*)work.Buffer.Address + chunk.Offset, (int)chunk.Length);
        if (step < work.Plan.CombiningSteps)
            Reduction.Combine(target, work.Buffer.Type, work.Call.Description.Operation, header.Data);
        else
            header.Data.CopyTo(target);
        _cursor.Advance(chunk);
        work.Received += chunk.Length;
        ring.OnProgress();
    }
}
