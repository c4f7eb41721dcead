using Orchestrator.Collectives.Calls;

namespace Orchestrator.Collectives.Ring;

/// <summary>One call under way in the ring; recycled.</summary>
internal sealed class RingWork
{
    private long _received;
    private int _sidesLeft;

    public CollectiveCall Call { get; private set; } = null!;

    public RingPlan Plan { get; private set; }

    /// <summary>What the call works on: the caller's buffer, or a scratch buffer for a barrier.</summary>
    public ReduceBuffer Buffer { get; private set; }

    /// <summary>Bytes that have arrived and are in place.</summary>
    public long Received
    {
        get => Volatile.Read(ref _received);
        set => Volatile.Write(ref _received, value);
    }

    public void Begin(CollectiveCall call, CallDescription description, int rank, int worldSize)
    {
        Call = call;
        Plan = new(description, rank, worldSize);
        Buffer = description.Buffer;
        _received = 0;
        _sidesLeft = 2;
    }

    /// <summary>Notes that receiving or sending is finished.</summary>
    /// <returns>True if both are.</returns>
    public bool EndSide() => Interlocked.Decrement(ref _sidesLeft) == 0;
}
