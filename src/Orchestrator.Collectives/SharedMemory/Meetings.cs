using Orchestrator.Collectives.Calls;

namespace Orchestrator.Collectives.SharedMemory;

/// <summary>Lets the ranks wait for each other: a rank that has met the others sees all that they wrote before, and they what it wrote.</summary>
internal sealed unsafe class Meetings(SharedSegment segment, ProcessGroupOptions options, TimeProvider time)
{
    /// <summary>Longest sleep until a look at whether the group has ended and the time is up.</summary>
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks at the others before sleeping: some microseconds, where each rank has a core to itself.</summary>
    private readonly int _looks = Environment.ProcessorCount >= options.WorldSize ? 100 : 1;

    private int _held;
    private volatile bool _ended;

    /// <summary>Ends when every rank has come as often as this one.</summary>
    /// <param name="call">What for.</param>
    /// <exception cref="CollectiveException">A rank does not come in time, or the group has ended.</exception>
    public void Meet(CollectiveCall call)
    {
        var mine = segment.Line(options.Rank);
        Interlocked.Exchange(ref mine->Arrived, unchecked(++_held));
        if (Volatile.Read(ref mine->Sleepers) > 0)
            Futex.WakeAll(&mine->Arrived);
        for (var distance = 1; distance < options.WorldSize; distance++)
            WaitFor((options.Rank + distance) % options.WorldSize, call);
    }

    /// <summary>Makes this rank's waits end, now and later. From any thread.</summary>
    public void End()
    {
        _ended = true;
        // Wakes other ranks too, which look and sleep on.
        for (var rank = 0; rank < options.WorldSize; rank++)
            Futex.WakeAll(&segment.Line(rank)->Arrived);
    }

    private void WaitFor(int rank, CollectiveCall call)
    {
        var line = segment.Line(rank);
        for (var look = 0; look < _looks; look++)
        {
            if (HasCome(line))
                return;
            Thread.SpinWait(16);
        }
        var start = time.GetTimestamp();
        while (!HasCome(line))
        {
            if (_ended)
                throw new CollectiveException(CollectiveErrorCode.Aborted, $"Process group '{options.GroupName}': rank {options.Rank} ({options.Peers[options.Rank]}) has left the group.");
            if (time.GetElapsedTime(start) > options.Timeout)
                throw Missing(rank, call);
            Sleep(line);
        }
    }

    private void Sleep(RankLine* line)
    {
        Interlocked.Increment(ref line->Sleepers);
        var arrived = Volatile.Read(ref line->Arrived);
        if (unchecked(arrived - _held) < 0 && !_ended)
            Futex.Wait(&line->Arrived, arrived, Nap);
        Interlocked.Decrement(ref line->Sleepers);
    }

    private bool HasCome(RankLine* line) => unchecked(Volatile.Read(ref line->Arrived) - _held) >= 0;

    private CollectiveException Missing(int rank, CollectiveCall call) => new(
        CollectiveErrorCode.TimedOut,
        $"Process group '{options.GroupName}': rank {options.Rank} ({options.Peers[options.Rank]}) has waited {options.Timeout.TotalSeconds} s in call {call.Sequence} ({call.Description}) for rank {rank} ({options.Peers[rank]}); see what keeps it.");
}
