using System.Runtime.InteropServices;
using Grpc.Core;
using Orchestrator.Collectives.Calls;
using Orchestrator.Protocol;

namespace Orchestrator.Collectives.Ring;

/// <summary>A ring of gRPC streams: each rank pulls from the one before it. See <see cref="RingPlan"/> for the algorithm.</summary>
/// <remarks>
/// Data flows from the serving to the calling side because that is the faster direction of HTTP/2 in .NET. A rank announces each call that it
/// has issued and is sent nothing of a call before that, so that data in flight is always being read; within a call HTTP/2's windows pace the sender.
/// </remarks>
internal sealed class RingTransport : ITransport
{
    /// <summary>Longest data of one message. Fits the processor's cache together with what it is added to.</summary>
    public const int ChunkBytes = 256 * 1024;

    private readonly ICallObserver _observer;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly RingSender _sender;
    private readonly Lock _gate = new();
    private readonly List<RingWork> _works = [];
    private readonly Stack<RingWork> _free = new();
    private readonly nint _barrier;
    private readonly ITimer _watch;
    private RingReceiver? _receiver;
    private Task _receiving = Task.CompletedTask;
    private Task _sending = Task.CompletedTask;
    private Task? _end;
    private bool _served;
    private bool _ended;
    private long _progress;

    public RingTransport(ProcessGroupOptions options, ICallObserver observer, TimeProvider time)
    {
        Options = options;
        _observer = observer;
        _time = time;
        _sender = new(this);
        // A barrier is an all-reduce of one element for each rank: no rank can end it before every rank has begun it.
        _barrier = AllocateBarrier(options.WorldSize);
        var period = options.Timeout / 8;
        _watch = time.CreateTimer(_ => CheckProgress(), null, period, period);
    }

    public ProcessGroupOptions Options { get; }

    public int Predecessor => (Options.Rank + Options.WorldSize - 1) % Options.WorldSize;

    public int Successor => (Options.Rank + 1) % Options.WorldSize;

    /// <summary>Begins to pull from the predecessor, whose worker must know the group by now.</summary>
    public void Connect(CallInvoker predecessor)
    {
        _receiver = new(this, predecessor);
        _receiving = Task.Run(() => GuardAsync(_receiver.RunAsync(_stop.Token), Predecessor));
    }

    /// <summary>Serves the successor's stream.</summary>
    public async Task ServeAsync(int rank, IAsyncStreamReader<RingRequest> requests, IServerStreamWriter<RingData> chunks, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, cancellationToken);
        using var wake = stop.Token.UnsafeRegister(static sender => ((RingSender)sender!).Wake(), _sender);
        lock (_gate)
        {
            if (rank != Successor || _served || _end is not null)
                throw new RpcException(new(StatusCode.FailedPrecondition, $"Rank {rank} cannot pull from rank {Options.Rank} of process group '{Options.GroupName}': it is not next to it, pulls already, or the group has ended."));
            _served = true;
            _sending = GuardAsync(_sender.RunAsync(requests, chunks, stop.Token), Successor);
        }
        await _sending;
    }

    public void Start(CollectiveCall call)
    {
        RingWork work;
        lock (_gate)
        {
            work = _free.TryPop(out var free) ? free : new();
            var description = call.Description;
            if (description.Kind == CallKind.Barrier)
                description = description with { Buffer = new(_barrier, Options.WorldSize, ElementType.Float32) };
            work.Begin(call, description, Options.Rank, Options.WorldSize);
            if (_works.Count == 0)
                OnSent();
            _works.Add(work);
            if (_ended)
            {
                EndAll();
                return;
            }
        }
        _receiver!.Add(work);
        _sender.Add(work);
    }

    public void Abort()
    {
        lock (_gate)
            _end ??= Task.Run(EndAsync);
    }

    public async ValueTask DisposeAsync()
    {
        Abort();
        await _end!;
        await _watch.DisposeAsync();
        FreeBarrier(_barrier);
        _stop.Dispose();
    }

    /// <summary>Notes that a call has received, or has sent, all that it will.</summary>
    public void EndSide(RingWork work)
    {
        if (!work.EndSide())
            return;
        var call = work.Call;
        lock (_gate)
        {
            _works.Remove(work);
            _free.Push(work);
        }
        _observer.Ended(call, null);
    }

    /// <summary>Notes that data has arrived, which the sender may be waiting for.</summary>
    public void OnProgress()
    {
        OnSent();
        _sender.Wake();
    }

    /// <summary>Notes that data has moved.</summary>
    public void OnSent() => Volatile.Write(ref _progress, _time.GetTimestamp());

    /// <summary>Reports that the ring is broken.</summary>
    public void Break(CollectiveException failure) => _observer.Broken(failure);

    public string Describe(int rank) => $"Process group '{Options.GroupName}': rank {rank} ({Options.Peers[rank]})";

    public CollectiveException LostTo(int neighbour, Exception exception) => exception as CollectiveException
        ?? new(CollectiveErrorCode.PeerLost, $"{Describe(neighbour)} is lost: {(exception as RpcException)?.Status.Detail ?? exception.Message}. Form a new generation without it.", exception);

    private async Task GuardAsync(Task side, int neighbour)
    {
        try
        {
            await side;
        }
        catch (Exception exception)
        {
            if (!_stop.IsCancellationRequested)
                Break(LostTo(neighbour, exception));
        }
    }

    private async Task EndAsync()
    {
        await _stop.CancelAsync();
        _receiver?.Wake();
        _sender.Wake();
        await _receiving;
        await (_receiver?.Announcing ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _sending;
        lock (_gate)
        {
            _ended = true;
            EndAll();
        }
    }

    private void EndAll()
    {
        var failure = new CollectiveException(CollectiveErrorCode.Aborted, $"{Describe(Options.Rank)} has left the ring.");
        foreach (var work in _works)
            _observer.Ended(work.Call, failure);
        _works.Clear();
    }

    private void CheckProgress()
    {
        RingWork work;
        lock (_gate)
        {
            if (_works.Count == 0 || _time.GetElapsedTime(Volatile.Read(ref _progress)) < Options.Timeout)
                return;
            work = _works[0];
        }
        Break(new(
            CollectiveErrorCode.TimedOut,
            $"{Describe(Options.Rank)} has seen no progress of call {work.Call.Sequence} ({work.Call.Description}) for {Options.Timeout.TotalSeconds} s; see what keeps the other ranks, first {Predecessor} and {Successor}."));
    }

    private static unsafe nint AllocateBarrier(int worldSize) => (nint)NativeMemory.AllocZeroed((nuint)worldSize, sizeof(float));

    private static unsafe void FreeBarrier(nint barrier) => NativeMemory.Free((void*)barrier);
}
