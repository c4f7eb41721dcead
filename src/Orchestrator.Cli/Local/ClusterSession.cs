using Orchestrator.Cli.Output;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Local;

/// <summary>
/// The coordinator that a command works with, over its deaths. Where another <c>orch</c> had it as a child and is gone, this one
/// takes over and starts hosts of its own.
/// </summary>
internal sealed class ClusterSession : IAsyncDisposable
{
    private readonly ClusterAccess? _access;
    private readonly TaskCompletionSource<CliException> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ICluster _cluster;
    private int _workers;

    /// <summary>Begins with a cluster.</summary>
    /// <param name="cluster">Disposed with the session.</param>
    /// <param name="access">Finds or starts another one; null: the cluster is waited for, not replaced.</param>
    public ClusterSession(ICluster cluster, ClusterAccess? access)
    {
        _access = access;
        _cluster = cluster;
        _ = ForwardAsync(cluster);
    }

    /// <summary>The client of the coordinator as it is now.</summary>
    public Experiments.ExperimentsClient Client => _cluster.Client;

    /// <summary>Whether the processes are children of this one.</summary>
    public bool IsOwned => _cluster.IsOwned;

    /// <summary>The web page of the coordinator as it is now; null where that is not known.</summary>
    public Uri? Page => _cluster.Page;

    /// <summary>Ends with the reason once nothing can go on.</summary>
    public Task<CliException> Broken => _broken.Task;

    /// <summary>Sees to it that so many workers run, where they are ours to start: now, and after a take-over.</summary>
    public void EnsureWorkers(int count)
    {
        _workers = count;
        _cluster.EnsureWorkers(count);
    }

    /// <summary>After a call failed: looks again where the coordinator is. An owned one comes back by itself, at the same address.</summary>
    public async Task ReconnectAsync(CancellationToken cancel)
    {
        if (_cluster.IsOwned || _access is null) return;
        var next = await _access.FindOrStartAsync(cancel);
        await _cluster.DisposeAsync();
        _cluster = next;
        _ = ForwardAsync(next);
        next.EnsureWorkers(_workers);
    }

    /// <summary>Ends owned processes at once.</summary>
    public void Kill() => _cluster.Kill();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private async Task ForwardAsync(ICluster cluster) => _broken.TrySetResult(await cluster.Broken);
}
