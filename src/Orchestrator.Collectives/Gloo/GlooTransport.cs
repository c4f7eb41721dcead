using System.Runtime.InteropServices;
using Orchestrator.Collectives.Calls;
using Orchestrator.Collectives.Membership;

namespace Orchestrator.Collectives.Gloo;

/// <summary>Gloo: each rank connected with every other over TCP, sums passed around a ring.</summary>
/// <remarks>Operations run on Gloo's threads, which report their end here; no managed thread waits.</remarks>
internal sealed unsafe class GlooTransport : ITransport
{
    private readonly ProcessGroupOptions _options;
    private readonly ICallObserver _observer;
    private readonly GlooHandle _group;
    private readonly Lock _gate = new();
    private readonly Lock _starting = new();
    private readonly Stack<GlooCall> _free = new();
    private bool _disposed;

    private GlooTransport(ProcessGroupOptions options, ICallObserver observer, GlooHandle group)
    {
        _options = options;
        _observer = observer;
        _group = group;
    }

    /// <summary>Connects with the other ranks. Blocks: to be run on a thread of its own.</summary>
    /// <exception cref="CollectiveException">A rank could not be reached in time.</exception>
    public static GlooTransport Connect(ProcessGroupOptions options, GroupMembership membership, ICallObserver observer)
    {
        using var rendezvous = new GlooRendezvous(membership);
        var callbacks = rendezvous.Callbacks;
        var host = options.Peers[options.Rank].DnsSafeHost;
        var group = GlooLibrary.Create(host, options.Rank, options.WorldSize, (long)options.Timeout.TotalMilliseconds, in callbacks, &Done);
        return group == 0
            ? throw Explain(options, $"Gloo could not connect from {host}", GlooLibrary.LastError)
            : new(options, observer, new(group));
    }

    public void Start(CollectiveCall call)
    {
        if (call.Description is { Buffer.Count: 0, Kind: not CallKind.Barrier })
        {
            _observer.Ended(call, null);
            return;
        }
        GlooCall? pending = null;
        lock (_starting)
        {
            if (!_disposed && TryStart(call.Description, pending = Rent(call)))
                return;
        }
        if (pending is null)
            _observer.Ended(call, Explain(_options, $"call {call.Sequence} ({call.Description}) failed", "the group was disposed"));
        else
            End(pending, GlooLibrary.LastError);
    }

    public void Abort()
    {
        try
        {
            GlooLibrary.Abort(_group);
        }
        catch (ObjectDisposedException)
        {
            // Nothing is left to abort.
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_starting)
            _disposed = true;
        return new(Task.Run(_group.Dispose));
    }

    [UnmanagedCallersOnly]
    private static void Done(nint id, byte* error)
    {
        var pending = GlooCall.From(id);
        pending.Transport.End(pending, error is null ? null : Marshal.PtrToStringUTF8((nint)error));
    }

    private bool TryStart(CallDescription call, GlooCall pending) => call.Kind switch
    {
        CallKind.AllReduce => GlooLibrary.AllReduce(_group, call.Buffer.Address, call.Buffer.Count, call.Buffer.Type, call.Operation, pending.Id),
        CallKind.Broadcast => GlooLibrary.Broadcast(_group, call.Buffer.Address, call.Buffer.Count, call.Buffer.Type, call.Root, pending.Id),
        _ => GlooLibrary.Barrier(_group, pending.Id),
    };

    private void End(GlooCall pending, string? error)
    {
        var call = pending.Call!;
        var failure = error is null ? null : Explain(_options, $"call {call.Sequence} ({call.Description}) failed", error);
        lock (_gate)
        {
            pending.Call = null;
            _free.Push(pending);
        }
        _observer.Ended(call, failure);
    }

    private GlooCall Rent(CollectiveCall call)
    {
        lock (_gate)
        {
            if (!_free.TryPop(out var pending))
                _group.Calls.Add(pending = new(this));
            pending.Call = call;
            return pending;
        }
    }

    private static CollectiveException Explain(ProcessGroupOptions options, string what, string error)
    {
        var failed = $"Process group '{options.GroupName}': rank {options.Rank} ({options.Peers[options.Rank]}): {what}";
        if (string.Equals(error, GlooLibrary.Mismatch, StringComparison.Ordinal))
            return new(CollectiveErrorCode.Mismatch, $"{failed}: another rank issued another call in its place; every rank must issue the same calls in the same order.");
        // Gloo tells a time-out from a lost connection in its text only.
        return error.Contains("Timed out", StringComparison.Ordinal) || error.Contains("timeout", StringComparison.OrdinalIgnoreCase)
            ? new(CollectiveErrorCode.TimedOut, $"{failed}: a rank did not take part within {options.Timeout.TotalSeconds} s ({error}).")
            : new(CollectiveErrorCode.PeerLost, $"{failed}: the connection to a rank broke ({error}). Form a new generation.");
    }
}
