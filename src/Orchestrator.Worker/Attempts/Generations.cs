using Orchestrator.Collectives;
using Orchestrator.Protocol;

namespace Orchestrator.Worker.Attempts;

/// <summary>
/// The process groups of one rank, one generation after the other. When one breaks, and the attempt is elastic, the rank waits for the coordinator to name the
/// next one. The training thread joins them; the connection's thread offers them.
/// </summary>
/// <param name="first">The assignment that the rank began with.</param>
/// <param name="groups">Forms groups.</param>
/// <param name="time">The clock.</param>
internal sealed class Generations(Assign first, IProcessGroupFactory groups, TimeProvider time) : IDisposable
{
    /// <summary>How long a rank waits for the next generation: longer than a coordinator takes to come back.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource<Assign> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _forming = new();
    private Assign _current = first;
    private IProcessGroup? _group;
    private volatile int _lost;

    /// <summary>The newest assignment that the rank has joined, or tries to.</summary>
    public Assign Current
    {
        get
        {
            lock (_lock) return _current;
        }
    }

    /// <summary>The generation that is broken, while the rank waits for the next one; 0: none.</summary>
    public int Lost => _lost;

    /// <summary>Joins the first group, or a later one where that can't be formed.</summary>
    public IProcessGroup Join(CancellationToken abort)
    {
        try
        {
            return Form(abort);
        }
        catch (CollectiveException failed) when (_current.Elastic)
        {
            return Next(failed, abort);
        }
    }

    /// <summary>The coordinator names a generation. A newer one than the rank is in breaks the one that it is in.</summary>
    public void Offer(Assign assign)
    {
        IProcessGroup? broken;
        lock (_lock)
        {
            if (assign.Generation <= _current.Generation || !_next.TrySetResult(assign)) return;
            broken = _group;
            _forming.Cancel();
        }
        _ = broken?.DisposeAsync().AsTask();
    }

    /// <summary>The attempt is to end: nobody waits for another generation.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Waits until the coordinator names the next generation, and joins it. The group before it is disposed.</summary>
    /// <param name="lost">How that broke.</param>
    /// <param name="abort">Ends the wait.</param>
    /// <exception cref="CollectiveException">There is no next generation, or not in time.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="abort"/> was cancelled.</exception>
    public IProcessGroup Next(CollectiveException lost, CancellationToken abort)
    {
        for (var failure = lost; ;)
        {
            Leave();
            Await(failure, abort);
            try
            {
                return Form(abort);
            }
            catch (CollectiveException failed)
            {
                failure = failed; // another rank was lost meanwhile
            }
        }
    }

    /// <summary>Leaves the group that it is in; waits for those that are behind.</summary>
    public void Leave() => _group?.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _forming.Dispose();
        _stop.Dispose();
    }

    private IProcessGroup Form(CancellationToken abort)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(abort, _forming.Token, _stop.Token);
        var group = groups.CreateAsync(Assignments.Group(Current), either.Token).GetAwaiter().GetResult();
        lock (_lock) _group = group;
        return group;
    }

    private void Await(CollectiveException failure, CancellationToken abort)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(abort, _stop.Token);
        _lost = Current.Generation;
        try
        {
            var next = _next.Task.WaitAsync(Patience, time, either.Token).GetAwaiter().GetResult();
            lock (_lock)
            {
                (_current, _group) = (next, null);
                _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _forming.Dispose();
                _forming = new();
            }
        }
        catch (OperationCanceledException) when (!abort.IsCancellationRequested)
        {
            throw new CollectiveException(failure.Code, $"{failure.Message} The attempt ends before there is a next generation.", failure);
        }
        catch (TimeoutException)
        {
            throw new CollectiveException(failure.Code, $"{failure.Message} The coordinator named no next generation within {Patience.TotalMinutes:0} minutes.", failure);
        }
        finally
        {
            _lost = 0;
        }
    }
}
