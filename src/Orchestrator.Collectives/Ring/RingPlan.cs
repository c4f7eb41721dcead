using Orchestrator.Collectives.Calls;

namespace Orchestrator.Collectives.Ring;

/// <summary>What one rank receives and passes on in one call, step by step.</summary>
/// <remarks>
/// <para>All-reduce: the bandwidth-optimal ring (Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms for clusters of workstations",
/// 2009). The buffer is cut into one segment for each of n ranks. In step s rank r passes on segment r - s and receives segment r - 1 - s
/// (modulo n), for 2(n - 1) steps: in the first n - 1 it adds what it receives to its own, in the others it takes it over.
/// Segment j is summed in the order j, j + 1, ..., j - 1 and by one rank at a time, so that all ranks end with the same bits, in every run.</para>
/// <para>Broadcast: one segment, passed on from the root to the rank before it.</para>
/// <para>In both, a rank passes on exactly what it has received, in the same order, after a first part of its own.</para>
/// </remarks>
internal readonly struct RingPlan
{
    private readonly int _rank;
    private readonly int _segments;
    private readonly int _elementSize;
    private readonly long _count;

    public RingPlan(CallDescription call, int rank, int worldSize)
    {
        _rank = rank;
        _count = call.Buffer.Count;
        _elementSize = call.Buffer.Type.Size();
        if (call.Kind == CallKind.Broadcast)
        {
            var distance = (rank - call.Root + worldSize) % worldSize;
            _segments = 1;
            SendSteps = distance == worldSize - 1 ? 0 : 1;
            ReceiveSteps = distance == 0 ? 0 : 1;
            OwnBytes = distance == 0 ? call.Buffer.Bytes : 0;
        }
        else
        {
            _segments = worldSize;
            SendSteps = ReceiveSteps = 2 * (worldSize - 1);
            CombiningSteps = worldSize - 1;
            OwnBytes = Sent(0).Length;
        }
    }

    public int SendSteps { get; }

    public int ReceiveSteps { get; }

    /// <summary>The first steps, in which what is received is combined with what is there; in the others it replaces it.</summary>
    public int CombiningSteps { get; }

    /// <summary>Bytes to be sent that do not depend on anything received.</summary>
    public long OwnBytes { get; }

    /// <summary>What this rank sends in a step.</summary>
    public Segment Sent(int step) => SegmentAt(_rank - step);

    /// <summary>What this rank receives in a step.</summary>
    public Segment Received(int step) => SegmentAt(_rank - 1 - step);

    private Segment SegmentAt(int index)
    {
        index %= _segments;
        if (index < 0)
            index += _segments;
        var (size, larger) = Math.DivRem(_count, _segments);
        var start = index * size + Math.Min(index, larger);
        return new(start * _elementSize, (size + (index < larger ? 1 : 0)) * _elementSize);
    }
}
