using Orchestrator.Collectives.Arithmetic;
using Orchestrator.Collectives.Calls;

namespace Orchestrator.Collectives.SharedMemory;

/// <summary>Does one rank's part of each call. One thread's.</summary>
/// <remarks>
/// <para>All-reduce, a lane's length of every buffer at a time: each rank copies into its lane what it has of the other ranks' shares, meets them,
/// combines its own share with theirs, puts it into its lane, meets them again, and copies their shares out of their lanes. Each share is combined
/// by one rank, in the order of the ranks after it, so that all ranks end with the same bits, in every run with the same world size.</para>
/// <para>The first meeting of a part keeps its results apart from the copies of the part before, the second one the combining from the next
/// part's contributions: a lane has one place for each, and no more.</para>
/// <para>A broadcast takes the root's lane from its beginning, so the ranks meet before it as well as after each part.</para>
/// </remarks>
internal sealed unsafe class SharedCalls(SharedSegment segment, ProcessGroupOptions options, Meetings meetings)
{
    /// <summary>What is combined and copied at a time, so that it is still in the first cache when it is copied.</summary>
    private const int TileBytes = 16 * 1024;

    // Each part of a lane begins at a cache line.
    private readonly int _shareBytes = SharedSegment.LaneBytes / options.WorldSize / 64 * 64;

    /// <summary>Runs a call to its end.</summary>
    /// <exception cref="CollectiveException">It failed; the buffer is no longer touched.</exception>
    public void Run(CollectiveCall call)
    {
        Announce(call);
        var buffer = call.Description.Buffer;
        if (buffer.Bytes == 0)
        {
            meetings.Meet(call);
            Compare(call);
        }
        else if (call.Description.Kind == CallKind.Broadcast)
        {
            Broadcast(call, (byte*)buffer.Address, buffer.Bytes);
        }
        else
        {
            AllReduce(call, (byte*)buffer.Address, buffer.Bytes);
        }
    }

    private void AllReduce(CollectiveCall call, byte* data, long bytes)
    {
        var partBytes = (long)_shareBytes * options.WorldSize;
        for (long done = 0; done < bytes; done += partBytes)
        {
            var part = new Span<byte>(data + done, (int)Math.Min(partBytes, bytes - done));
            Contribute(part);
            meetings.Meet(call);
            if (done == 0)
                Compare(call);
            Combine(call.Description, part);
            meetings.Meet(call);
            Collect(part);
        }
    }

    private void Broadcast(CollectiveCall call, byte* data, long bytes)
    {
        var root = call.Description.Root;
        meetings.Meet(call); // a slower rank may still copy the results of an all-reduce out of the root's lane
        for (long done = 0; done < bytes; done += SharedSegment.LaneBytes)
        {
            var part = new Span<byte>(data + done, (int)Math.Min(SharedSegment.LaneBytes, bytes - done));
            var lane = new Span<byte>(segment.Lane(options.Rank), part.Length);
            if (root == options.Rank)
                part.CopyTo(lane);
            meetings.Meet(call);
            if (done == 0)
                Compare(call);
            if (root != options.Rank)
                new Span<byte>(segment.Lane(root), part.Length).CopyTo(part);
            meetings.Meet(call);
        }
    }

    private void Contribute(Span<byte> part)
    {
        for (var rank = 0; rank < options.WorldSize; rank++)
        {
            if (rank != options.Rank)
                Share(part, rank).CopyTo(Place(options.Rank, rank));
        }
    }

    private void Combine(CallDescription call, Span<byte> part)
    {
        var share = Share(part, options.Rank);
        for (var done = 0; done < share.Length; done += TileBytes)
        {
            var tile = share[done..Math.Min(done + TileBytes, share.Length)];
            for (var distance = 1; distance < options.WorldSize; distance++)
            {
                var theirs = Place((options.Rank + distance) % options.WorldSize, options.Rank).Slice(done, tile.Length);
                Reduction.Combine(tile, call.Buffer.Type, call.Operation, (ReadOnlySpan<byte>)theirs);
            }
            tile.CopyTo(Place(options.Rank, options.Rank)[done..]);
        }
    }

    private void Collect(Span<byte> part)
    {
        for (var rank = 0; rank < options.WorldSize; rank++)
        {
            if (rank == options.Rank)
                continue;
            var share = Share(part, rank);
            Place(rank, rank)[..share.Length].CopyTo(share);
        }
    }

    // Whole cache lines for each rank, the last ones less or nothing: no element is split.
    private Span<byte> Share(Span<byte> part, int rank)
    {
        var length = (part.Length / options.WorldSize + 63) / 64 * 64;
        var start = Math.Min(rank * length, part.Length);
        return part.Slice(start, Math.Min(length, part.Length - start));
    }

    /// <summary>Where in its lane a rank puts its contribution to another one's share, or its own share when it is combined.</summary>
    private Span<byte> Place(int lane, int share) => new(segment.Lane(lane) + (long)share * _shareBytes, _shareBytes);

    private void Announce(CollectiveCall call)
    {
        var line = segment.Line(options.Rank);
        *(call.Sequence % 2 == 0 ? &line->Even : &line->Odd) = SharedCall.Of(call.Description);
    }

    private void Compare(CollectiveCall call)
    {
        var mine = call.Description with { Buffer = call.Description.Buffer with { Address = 0 } };
        for (var rank = 0; rank < options.WorldSize; rank++)
        {
            var line = segment.Line(rank);
            var theirs = (call.Sequence % 2 == 0 ? line->Even : line->Odd).Describe();
            if (theirs != mine)
            {
                throw new CollectiveException(
                    CollectiveErrorCode.Mismatch,
                    $"Process group '{options.GroupName}': call {call.Sequence} on rank {options.Rank} is: {mine}; on rank {rank}: {theirs}. Every rank must issue the same calls in the same order.");
            }
        }
    }
}
