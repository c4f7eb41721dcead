using Orchestrator.Collectives;

namespace Orchestrator.Tasks.Tests.Elastic;

/// <summary>A rank's process group that breaks in one all-reduce.</summary>
/// <param name="inner">What works until then.</param>
/// <param name="breakAt">Which all-reduce, from 0: the first one is that in which the ranks agree on a state.</param>
/// <param name="fate">What becomes of this rank.</param>
internal sealed class BreakingProcessGroup(IProcessGroup inner, int breakAt, Fate fate) : IProcessGroup
{
    private int _allReduces;

    public string Name => inner.Name;

    public int Rank => inner.Rank;

    public int WorldSize => inner.WorldSize;

    private static CollectiveException Broken => new(CollectiveErrorCode.PeerLost, "A rank is lost.");

    public async ValueTask AllReduceAsync(ReduceBuffer buffer, ReduceOperation operation = ReduceOperation.Sum, CancellationToken cancellationToken = default)
    {
        var number = _allReduces++;
        if (number > breakAt) throw Broken;
        await inner.AllReduceAsync(buffer, operation, cancellationToken);
        if (number < breakAt || fate == Fate.Succeeds) return;
        throw fate == Fate.Dies ? new OperationCanceledException() : Broken;
    }

    public ValueTask BroadcastAsync(ReduceBuffer buffer, int root, CancellationToken cancellationToken = default) =>
        _allReduces > breakAt ? ValueTask.FromException(Broken) : inner.BroadcastAsync(buffer, root, cancellationToken);

    public ValueTask BarrierAsync(CancellationToken cancellationToken = default) =>
        _allReduces > breakAt ? ValueTask.FromException(Broken) : inner.BarrierAsync(cancellationToken);

    public void Dispose() => inner.Dispose();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
