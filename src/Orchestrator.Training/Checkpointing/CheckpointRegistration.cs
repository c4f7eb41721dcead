using Orchestrator.Checkpoints;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Training.Trials;

namespace Orchestrator.Training.Checkpointing;

/// <summary>Registers checkpoints one after the other, and deletes the expired ones after the catalogue has forgotten them.</summary>
internal sealed class CheckpointRegistration : IDisposable
{
    private readonly CheckpointStore _store;
    private readonly ICheckpointRegistrar _registrar;
    private readonly RetentionPolicy _retention;
    private readonly ITrialObserver _observer;
    private readonly CancellationTokenSource _stopSource;
    private readonly CancellationToken _stop;
    private readonly Lock _gate = new();
    private Task _chain = Task.CompletedTask;
    private volatile int _pending;
    private volatile bool _fenced;

    internal CheckpointRegistration(TrialAssignment assignment, CheckpointStore store, ICheckpointRegistrar registrar, ITrialObserver observer, CancellationToken abort)
    {
        (_store, _registrar, _observer) = (store, registrar, observer);
        _stopSource = CancellationTokenSource.CreateLinkedTokenSource(abort);
        _stop = _stopSource.Token;
        _retention = new RetentionPolicy(assignment.Checkpoint.Keep, assignment.Metric);
        foreach (var record in assignment.ResumeFrom.Where(record => record.Attempt.Trial == assignment.Attempt.Trial))
            _retention.Add(record);
    }

    /// <summary>Checkpoints that are durable and not yet registered.</summary>
    internal int Pending => _pending;

    /// <summary>A newer attempt runs: this one must not save any more.</summary>
    internal bool Fenced => _fenced;

    /// <summary>Queues a durable checkpoint.</summary>
    internal void Add(CheckpointRecord record)
    {
        Interlocked.Increment(ref _pending);
        lock (_gate)
            _chain = RegisterAfter(_chain, record);
    }

    /// <summary>Waits for the queue, then gives up what is left of it: unregistered checkpoints are then unknown to everybody.</summary>
    internal void Finish(TimeSpan timeout)
    {
        Task chain;
        lock (_gate)
            chain = _chain;
        if (!((IAsyncResult)chain).AsyncWaitHandle.WaitOne(timeout))
            _stopSource.Cancel();
    }

    public void Dispose() => _stopSource.Dispose();

    private async Task RegisterAfter(Task previous, CheckpointRecord record)
    {
        await previous;
        try
        {
            if (_fenced || !await _registrar.RegisterAsync(record, _stop))
                _fenced = true;
            else
                await Retain(record);
        }
        catch (OperationCanceledException)
        {
            // The trial ended and the catalogue cannot be reached: the files stay, to be found by whoever cleans the trial's folder.
        }
        catch (Exception exception)
        {
            _observer.OnCheckpointSkipped(record.Epoch, $"{record.Location} could not be registered, or an expired one not be deleted: {exception.Message}");
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    private async Task Retain(CheckpointRecord record)
    {
        _retention.Add(record);
        foreach (var expired in _retention.TakeExpired())
        {
            if (await _registrar.RemoveAsync(expired.Attempt.Trial, expired.Location, _stop))
                _store.Delete(CheckpointLocation.Parse(expired.Location).Name);
        }
    }
}
