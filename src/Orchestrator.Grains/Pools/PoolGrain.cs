using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Experiments;
using Orchestrator.Grains.Telemetry;
using Orchestrator.Placement;

namespace Orchestrator.Grains.Pools;

/// <summary>
/// A thin shell around <see cref="Pool"/>. It never waits for an experiment within a call, so experiments and workers may wait for it:
/// gangs are offered in the background, one turn at a time.
/// </summary>
public sealed partial class PoolGrain(IOptions<PoolOptions> options, IBudgetLedger ledger, OrchestratorInstruments instruments, TimeProvider time, ILogger<PoolGrain> logger) : Grain, IPoolGrain
{
    private static readonly TimeSpan FarewellsKeptFor = TimeSpan.FromMinutes(5);

    private readonly Dictionary<WorkerId, WorkerRegistration> _registrations = [];
    private readonly Dictionary<WorkerId, DateTimeOffset> _left = [];
    private readonly Shortages _shortages = new();
    private Pool _pool = null!;
    private BudgetBook _budgets = null!;
    private IGrainTimer? _timer;
    private bool _isWanted = true;

    private bool IsDedicated => this.GetPrimaryKeyString() != IPoolGrain.Default;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var settings = IsDedicated ? options.Value.DedicatedSettings : options.Value.Settings;
        _pool = new Pool(settings, time.GetUtcNow());
        _budgets = new BudgetBook(_pool, ledger);
        await _budgets.Load(settings.Queues, time.GetUtcNow());
        _timer = this.RegisterGrainTimer(ExpireLeases, new GrainTimerCreationOptions { DueTime = options.Value.Heartbeat, Period = options.Value.Heartbeat, KeepAlive = true });
    }

    /// <inheritdoc/>
    public Task Seen(WorkerSighting sighting)
    {
        var worker = sighting.Worker;
        var id = new WorkerId(worker.Worker);
        _registrations[id] = worker;
        _pool.Seen(PoolViews.Offer(worker), sighting.Busy?.ToId(), time.GetUtcNow());
        if (sighting.IsLeaving) _pool.Drain(id);
        OfferGangs();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Left(string worker)
    {
        var id = new WorkerId(worker);
        Forget(id);
        _left[id] = time.GetUtcNow();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Released(string worker, AttemptKey attempt)
    {
        _pool.Release(new WorkerId(worker), attempt.ToId(), time.GetUtcNow());
        OfferGangs();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<PoolAnswer> Reconcile(PoolRequest request)
    {
        var experiment = new ExperimentId(request.Experiment);
        var now = time.GetUtcNow();
        _isWanted = request.Gangs > 0 || !request.Running.IsEmpty;
        _budgets.Say(request.Experiment, request.Queue, request.Used, now);
        _pool.SetDemand(experiment, PoolViews.Demand(request), now);
        OfferGangs();
        List<LostAttempt> lost = [];
        foreach (var running in request.Running)
        {
            if (_pool.Missing(running.Attempt.ToId(), [.. running.Workers.Select(w => new WorkerId(w))], now) is { } worker) lost.Add(new LostAttempt(running.Attempt, worker.Value, _left.ContainsKey(worker)));
        }
        var waiting = _pool.Explain(experiment, now) is { } why ? _shortages.Explain(PoolViews.Waiting(why), request, now) : null;
        var preempted = _pool.Preemptions(experiment, now).Select(p => new PreemptedAttempt(p.Attempt.ToKey(), p.Reason));
        return Task.FromResult(new PoolAnswer([.. lost], waiting, [.. preempted]));
    }

    /// <inheritdoc/>
    public Task Used(string experiment, string queue, ImmutableArray<DayUse> days)
    {
        _budgets.Say(experiment, queue, days, time.GetUtcNow());
        return _budgets.Record();
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<WorkerView>> Workers()
    {
        var now = time.GetUtcNow();
        return Task.FromResult<ImmutableArray<WorkerView>>([.. _pool.Slots
            .OrderBy(s => s.Offer.Worker.Value, StringComparer.Ordinal)
            .Select(s => (Slot: s, Worker: _registrations[s.Offer.Worker]))
            .Select(w => new WorkerView(w.Worker.Worker, w.Worker.Host, w.Worker.Device, w.Worker.Endpoint, w.Worker.ProcessId, w.Slot.Attempt?.ToKey(), (now - w.Slot.LastSeen).TotalSeconds))]);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<WorkerRegistration>> Registrations(ImmutableArray<string> workers) =>
        Task.FromResult<ImmutableArray<WorkerRegistration>>([.. workers.Select(w => _registrations.GetValueOrDefault(new WorkerId(w))).OfType<WorkerRegistration>()]);

    /// <inheritdoc/>
    public Task<string?> HostOf(string worker) => Task.FromResult(_registrations.GetValueOrDefault(new WorkerId(worker))?.Host);

    /// <inheritdoc/>
    public Task<FleetSnapshot> Fleet()
    {
        var now = time.GetUtcNow();
        return Task.FromResult(new FleetSnapshot(
            [.. _pool.Slots.Select(s => new FleetMember(s.Offer.Worker.Value, s.Attempt is not null || s.Reserved is not null))],
            Enum.GetValues<DeviceKind>().ToImmutableDictionary(DeviceNames.Of, kind => _pool.Wanted(kind, now), StringComparer.Ordinal)));
    }

    /// <inheritdoc/>
    public Task<bool> TryRetire(string worker) => Task.FromResult(_pool.TryRetire(new WorkerId(worker)));

    /// <inheritdoc/>
    public Task SetShortages(ImmutableArray<Shortage> shortages)
    {
        _shortages.Set(shortages, time.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<QueueView>> Queues() => Task.FromResult<ImmutableArray<QueueView>>([.. _pool.Queues(time.GetUtcNow()).Select(PoolViews.Queue)]);

    private async Task ExpireLeases(CancellationToken cancellationToken)
    {
        foreach (var slot in _pool.ExpireLeases(time.GetUtcNow()))
        {
            LogLeaseExpired(slot.Offer.Worker, options.Value.Lease);
            instruments.WorkerLost();
            Forget(slot.Offer.Worker);
        }
        foreach (var (worker, leftAt) in _left)
        {
            if (time.GetUtcNow() - leftAt > FarewellsKeptFor) _left.Remove(worker);
        }
        OfferGangs();
        if (!IsDedicated) instruments.QueuesAre(_pool.QueueLoads(time.GetUtcNow()));
        if (IsDedicated && !_isWanted && _pool.Slots.Count == 0)
        {
            _timer?.Dispose();
            DeactivateOnIdle();
        }
        await RecordBudgets();
    }

    private async Task RecordBudgets()
    {
        try
        {
            await _budgets.Record();
        }
        catch (OrchestratorException exception)
        {
            LogNotRecorded(exception);
        }
    }

    private void Forget(WorkerId worker)
    {
        _pool.Leave(worker, time.GetUtcNow());
        _registrations.Remove(worker);
        instruments.WorkersAre(this.GetPrimaryKeyString(), _pool.Slots.Count);
    }

    private void OfferGangs()
    {
        instruments.WorkersAre(this.GetPrimaryKeyString(), _pool.Slots.Count);
        while (_pool.FormGang(time.GetUtcNow()) is { } gang) _ = Offer(gang);
    }

    /// <summary>Runs beside the pool's calls, on its turns. Every way out settles the gang.</summary>
    private async Task Offer(Gang gang)
    {
        AttemptKey? attempt = null;
        try
        {
            attempt = await GrainFactory.GetGrain<IExperimentGrain>(gang.Experiment.Value).Place([.. gang.Workers.Select(w => _registrations[w])]);
        }
        catch (Exception exception)
        {
            LogOfferFailed(exception, gang.Experiment);
        }
        if (attempt is not null)
        {
            _pool.Accept(gang, attempt.ToId(), time.GetUtcNow());
        }
        else
        {
            _pool.Decline(gang, time.GetUtcNow());
            _pool.Withdraw(gang.Experiment, time.GetUtcNow());
        }
        OfferGangs();
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning, Message = "Worker {Worker} was not heard for {Lease}: lost")]
    private partial void LogLeaseExpired(WorkerId worker, TimeSpan lease);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Warning, Message = "What teams have used of their budgets could not be stored; it is tried again")]
    private partial void LogNotRecorded(Exception exception);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Error, Message = "{Experiment} could not take a gang; it will ask again")]
    private partial void LogOfferFailed(Exception exception, ExperimentId experiment);
}
