using Orchestrator.Collectives.Calls;
using Orchestrator.Collectives.Membership;

namespace Orchestrator.Collectives;

/// <summary>A group of several ranks: numbers the calls, hands them to the transport, and gives all of them one verdict when the group fails.</summary>
/// <remarks>
/// A transport that breaks sees a closed connection, not the cause. So a failure of the transport is only a suspicion, and the calls wait a
/// moment for rank 0 to say which rank was lost, and why; without that the suspicion is the verdict.
/// </remarks>
internal sealed class ProcessGroup : IProcessGroup, ICallObserver, IMembershipObserver
{
    /// <summary>How long a suspicion waits for rank 0's verdict.</summary>
    private static readonly TimeSpan SuspicionLimit = TimeSpan.FromSeconds(2);

    /// <summary>How long a rank that leaves stays connected, for those that are behind it.</summary>
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(30);

    private readonly ProcessGroupOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<object?> _cancel;
    private readonly CallPool _calls = new();
    private readonly Lock _gate = new();
    private readonly HashSet<CollectiveCall> _pending = [];
    private readonly List<CollectiveCall> _endedWithoutVerdict = [];
    private GroupConnections? _connections;
    private CollectiveException? _verdict;
    private ITimer? _suspicion;
    private long _issued;
    private long _possible = long.MaxValue;
    private CollectiveException? _whyNoMore;
    private Task? _disposal;

    public ProcessGroup(ProcessGroupOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _cancel = call => OnCancelled((CollectiveCall)call!);
    }

    public string Name => _options.GroupName;

    public int Rank => _options.Rank;

    public int WorldSize => _options.WorldSize;

    /// <summary>What carries the calls, once attached.</summary>
    internal ITransport? Transport => _connections?.Transport;

    /// <summary>Hands over what carries the group; from then on the group owns it.</summary>
    public void Attach(GroupConnections connections)
    {
        lock (_gate)
        {
            _connections = connections;
            if (_verdict is null)
                return;
        }
        connections.Transport!.Abort();
    }

    public ValueTask AllReduceAsync(ReduceBuffer buffer, ReduceOperation operation = ReduceOperation.Sum, CancellationToken cancellationToken = default)
    {
        ReduceBuffer.ThrowIfInvalid(buffer);
        if (operation is < ReduceOperation.Sum or > ReduceOperation.Min)
            throw new ArgumentOutOfRangeException(nameof(operation), operation, $"Operation is one of {string.Join(", ", Enum.GetNames<ReduceOperation>())}.");
        return Start(new(CallKind.AllReduce, buffer, operation, 0), cancellationToken);
    }

    public ValueTask BroadcastAsync(ReduceBuffer buffer, int root, CancellationToken cancellationToken = default)
    {
        ReduceBuffer.ThrowIfInvalid(buffer);
        ArgumentOutOfRangeException.ThrowIfNegative(root);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(root, WorldSize);
        return Start(new(CallKind.Broadcast, buffer, default, root), cancellationToken);
    }

    public ValueTask BarrierAsync(CancellationToken cancellationToken = default) => Start(new(CallKind.Barrier, default, default, 0), cancellationToken);

    void ICallObserver.Ended(CollectiveCall call, CollectiveException? failure)
    {
        CollectiveException? verdict;
        lock (_gate)
        {
            _pending.Remove(call);
            verdict = failure is null ? null : _verdict;
            if (failure is not null && verdict is null)
                _endedWithoutVerdict.Add(call);
        }
        if (failure is null)
            call.Succeed();
        else if (verdict is not null)
            call.Fail(Copy(verdict));
        else
            Suspect(failure);
    }

    void ICallObserver.Broken(CollectiveException failure) => Suspect(failure);

    void IMembershipObserver.Failed(CollectiveException verdict) => Fail(verdict, tell: false);

    void IMembershipObserver.Left(int rank, long calls)
    {
        bool waiting;
        lock (_gate)
        {
            if (calls < _possible)
            {
                _possible = calls;
                _whyNoMore = new(CollectiveErrorCode.Aborted, $"{Describe(rank)} left the group after {calls} calls; form a new generation without it.");
            }
            waiting = _issued > _possible;
        }
        if (waiting)
            Fail(_whyNoMore!, tell: true);
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public ValueTask DisposeAsync()
    {
        lock (_gate)
            _disposal ??= Task.Run(CloseAsync);
        return new(_disposal);
    }

    private ValueTask Start(CallDescription description, CancellationToken cancellationToken)
    {
        CollectiveCall call;
        bool impossible;
        lock (_gate)
        {
            if (_verdict is not null)
                return ValueTask.FromException(Copy(_verdict));
            if (_disposal is not null)
                return ValueTask.FromException(new CollectiveException(CollectiveErrorCode.Aborted, $"{Describe(Rank)} has left the group."));
            call = _calls.Rent();
            call.Begin(_issued++, description, cancellationToken);
            _pending.Add(call);
            impossible = call.Sequence >= _possible;
        }
        var task = call.Task;
        if (impossible)
            Fail(_whyNoMore!, tell: true);
        if (cancellationToken.CanBeCanceled)
            call.CancelWith(_cancel);
        _connections!.Transport!.Start(call);
        return task;
    }

    private void OnCancelled(CollectiveCall call)
    {
        // The call may have ended, and serve another caller, since its cancellation was asked for.
        if (call.CancellationToken.IsCancellationRequested)
            Fail(new(CollectiveErrorCode.Aborted, $"{Describe(Rank)} cancelled call {call.Sequence} ({call.Description})."), tell: true);
    }

    private void Suspect(CollectiveException suspicion)
    {
        if (suspicion.Code != CollectiveErrorCode.PeerLost)
        {
            Fail(suspicion, tell: true);
            return;
        }
        lock (_gate)
        {
            if (_verdict is null)
                _suspicion ??= _time.CreateTimer(_ => Fail(_whyNoMore ?? suspicion, tell: true), null, SuspicionLimit, Timeout.InfiniteTimeSpan);
        }
    }

    private void Fail(CollectiveException verdict, bool tell)
    {
        CollectiveCall[] ended;
        lock (_gate)
        {
            if (_verdict is not null)
                return;
            _verdict = verdict;
            ended = [.. _endedWithoutVerdict];
            _endedWithoutVerdict.Clear();
            _suspicion?.Dispose();
        }
        if (tell)
            _connections?.Membership!.Fail(verdict);
        _connections?.Transport!.Abort();
        foreach (var call in ended)
            call.Fail(Copy(verdict));
    }

    private async Task CloseAsync()
    {
        int pending;
        CollectiveException? verdict;
        lock (_gate)
        {
            pending = _pending.Count + _endedWithoutVerdict.Count;
            verdict = _verdict;
        }
        if (_connections is not { } connections)
            return;
        if (pending > 0)
            Fail(new(CollectiveErrorCode.Aborted, $"{Describe(Rank)} ended the group with {pending} calls pending."), tell: true);
        else if (verdict is null)
            await connections.Membership!.LeaveAsync(_issued, LeaveLimit);
        await connections.DisposeAsync();
        Fail(new(CollectiveErrorCode.Aborted, $"{Describe(Rank)} has left the group."), tell: false);
    }

    private string Describe(int rank) => $"Process group '{Name}': rank {rank} ({_options.Peers[rank]})";

    // One exception object cannot be thrown by several awaits at once.
    private static CollectiveException Copy(CollectiveException verdict) => new(verdict.Code, verdict.Message, verdict.InnerException);
}
