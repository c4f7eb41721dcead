using Microsoft.Extensions.Logging;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Pools;

namespace Orchestrator.Grains.Workers;

/// <summary>
/// Keeps one worker at what it is to run. Assignments are told again at every heartbeat until the worker runs them;
/// an attempt that it runs and should not is asked about at the experiment.
/// </summary>
public sealed partial class WorkerGrain(TimeProvider time, ILogger<WorkerGrain> logger) : Grain, IWorkerGrain
{
    private WorkerRegistration? _registration;
    private IWorkerObserver? _observer;
    private AttemptKey? _running;
    private Assignment? _assigned;
    private int _lostGeneration;
    private long? _awaySince;
    private bool _leaving;

    private string Id => this.GetPrimaryKeyString();

    private IPoolGrain Pool => GrainFactory.GetGrain<IPoolGrain>(PoolNames.Of(_registration));

    /// <inheritdoc/>
    public async Task Register(WorkerRegistration registration, IWorkerObserver observer)
    {
        LogRegistered(Id, registration.Host, registration.Endpoint);
        _registration = registration;
        _observer = observer;
        _awaySince = null;
        _leaving = false;
        await Saw(registration.Running, lostGeneration: 0);
    }

    /// <inheritdoc/>
    public Task Heartbeat(AttemptKey? running, bool leaving, int lostGeneration)
    {
        _leaving = leaving;
        return Saw(running, lostGeneration);
    }

    /// <inheritdoc/>
    public Task Disconnected(IWorkerObserver observer)
    {
        if (Equals(_observer, observer)) BecomeAway();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<TimeSpan?> AwayFor() => Task.FromResult(_awaySince is { } since ? time.GetElapsedTime(since) : (TimeSpan?)null);

    /// <inheritdoc/>
    public async Task Ended(AttemptKey attempt)
    {
        if (_running == attempt) _running = null;
        if (_assigned?.Attempt == attempt) _assigned = null;
        await Pool.Released(Id, attempt);
        await Deliver();
    }

    /// <inheritdoc/>
    public async Task Leave()
    {
        _observer = null;
        _assigned = null;
        LogLeft(Id);
        await Pool.Left(Id);
        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public Task Assign(Assignment assignment)
    {
        _assigned = assignment;
        return Deliver();
    }

    /// <inheritdoc/>
    public async Task StopAttempt(AttemptKey attempt, string reason, bool save, bool isOver)
    {
        if (_assigned?.Attempt == attempt) _assigned = null;
        await Tell(o => o.StopAttempt(attempt, reason, save, isOver));
        if (_running != attempt) await Pool.Released(Id, attempt);
    }

    private async Task Saw(AttemptKey? running, int lostGeneration)
    {
        if (_registration is null) return;
        (_running, _lostGeneration) = (running, lostGeneration);
        await Pool.Seen(new WorkerSighting(_registration, running ?? _assigned?.Attempt, _leaving));
        if (running is not null && lostGeneration > 0 && !HasNext) await GrainFactory.GetGrain<IExperimentGrain>(running.Experiment).GroupLost(running, Id, lostGeneration);
        else if (running is not null && running != _assigned?.Attempt) await GrainFactory.GetGrain<IExperimentGrain>(running.Experiment).Confirm(running, Id);
        await Deliver();
    }

    private async Task Deliver()
    {
        if (_assigned is { } assigned && (_running is null || HasNext)) await Tell(o => o.Assign(assigned));
    }

    /// <summary>Whether there is a newer generation for what it runs.</summary>
    private bool HasNext => _running is not null && _assigned?.Attempt == _running && _assigned.Generation > _lostGeneration && _assigned.Generation > 1;

    private void BecomeAway()
    {
        _observer = null;
        _awaySince ??= time.GetTimestamp();
    }

    /// <summary>A message to a worker whose stream has broken is lost; the next heartbeat comes over a new one.</summary>
    private async Task Tell(Func<IWorkerObserver, Task> message)
    {
        if (_observer is null) return;
        try
        {
            await message(_observer);
        }
        catch (Exception exception)
        {
            LogUnreachable(exception, Id);
            BecomeAway();
        }
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Information, Message = "Worker {Worker} on {Host} registered, reached at {Endpoint}")]
    private partial void LogRegistered(string worker, string host, string endpoint);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Information, Message = "Worker {Worker} left")]
    private partial void LogLeft(string worker);

    [LoggerMessage(EventId = 1203, Level = LogLevel.Warning, Message = "Worker {Worker} can't be reached now")]
    private partial void LogUnreachable(Exception exception, string worker);
}
