using Orchestrator.Domain.Budgets;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;
using Orchestrator.Placement;

namespace Orchestrator.Simulation.Tests;

/// <summary>
/// The coordinator around the real state machines: it journals before it applies, answers only for what is journaled, and may die and come back
/// with nothing but its journals.
/// </summary>
internal sealed class SimulatedCoordinator
{
    private const double TickEvery = 1;
    private const double LedgerEvery = 2;

    private readonly Clockwork _clock;
    private readonly Faults _faults;
    private readonly Dictionary<ExperimentId, SimulatedSweep> _byId;
    private readonly Dictionary<WorkerId, SimulatedWorker> _reachable = [];
    private readonly Dictionary<(ExperimentId Experiment, DateOnly Day), LedgerEntry> _ledger = [];
    private readonly Dictionary<(ExperimentId Experiment, DateOnly Day), LedgerEntry> _unrecorded = [];
    private readonly HashSet<ExperimentId> _deleted = [];
    private IReadOnlyList<QueueSpec> _queues;
    private Pool _pool;
    private bool _isDown;
    private long _assignments;

    public SimulatedCoordinator(Clockwork clock, Faults faults, IEnumerable<ExperimentSpec> specs, int epochs, IReadOnlyList<QueueSpec> queues)
    {
        (_clock, _faults) = (clock, faults);
        Sweeps = [.. specs.Select((spec, i) => new SimulatedSweep(i + 1, spec, epochs, clock.Now))];
        _byId = Sweeps.ToDictionary(s => s.Id);
        _queues = queues;
        _pool = NewPool();
        _clock.In(TickEvery, Tick);
        _clock.In(LedgerEvery, RecordUse);
    }

    public IReadOnlyList<SimulatedSweep> Sweeps { get; }

    public int Crashes { get; private set; }

    public int Preemptions { get; private set; }

    /// <summary>When the pool was last told what all have used.</summary>
    public DateTimeOffset? SaidAllAt { get; private set; }

    /// <summary>What the pool believes of the queues' budgets.</summary>
    public IEnumerable<(QueueSpec Queue, BudgetUse Use)> Budgets => _pool.Queues(_clock.Now).Where(q => q.Budget is not null).Select(q => (q.Settings, q.Budget!));

    /// <summary>An admin restarts the coordinator with other queues.</summary>
    public void Restart(IReadOnlyList<QueueSpec> queues)
    {
        _queues = queues;
        Crash();
    }

    public void Seen(SimulatedWorker worker, WorkerOffer offer, AttemptId? running)
    {
        if (_isDown || worker.IsDead) return;
        _reachable[offer.Worker] = worker;
        var told = Told(offer.Worker);
        _pool.Seen(offer, told ?? running, _clock.Now);
        if (told is { } attempt && (running != attempt || _byId[attempt.Trial.Experiment].Experiment.Find(attempt.Trial.Number)!.Generation > 1)) Assign(worker, offer.Worker, attempt);
        if (told is null && running is { } old) _clock.Send(_faults, () => worker.Stop(old));
    }

    public void Report(SimulatedWorker worker, AttemptId attempt, TrialReported report)
    {
        if (_isDown) return;
        var sweep = _byId[attempt.Trial.Experiment];
        if (!sweep.IsFirst(attempt, worker.Name))
        {
            _clock.Send(_faults, () => worker.Stop(attempt));
            return;
        }
        if (!Commit(sweep, sweep.Experiment.Report(report, _clock.Now, out var verdict))) return;
        if (verdict == ReportVerdict.Stale || !sweep.IsRunning(attempt)) _clock.Send(_faults, () => worker.Stop(attempt));
        else _clock.Send(_faults, () => worker.Acknowledge(attempt, report.Sequence));
    }

    public void EndAttempt(SimulatedWorker worker, AttemptId attempt, AttemptEnded ended)
    {
        var sweep = _byId[attempt.Trial.Experiment];
        if (_isDown || sweep.IsFirst(attempt, worker.Name) && !Commit(sweep, sweep.Experiment.FailAttempt(ended, null, _clock.Now))) return;
        _clock.Send(_faults, () => worker.Stop(attempt));
    }

    private void Tick()
    {
        _clock.In(TickEvery, Tick);
        if (_isDown) return;
        if (_clock.Chance(_faults.CoordinatorCrash))
        {
            Crash();
            return;
        }
        _pool.ExpireLeases(_clock.Now);
        foreach (var sweep in Sweeps) SayUsed(sweep);
        SaidAllAt = _clock.Now;
        foreach (var sweep in Sweeps)
        {
            EndLostAttempts(sweep);
            if (!Commit(sweep, sweep.Experiment.Settle(_clock.Now))) continue;
            _pool.SetDemand(sweep.Id, sweep.Demand, _clock.Now);
        }
        while (_pool.FormGang(_clock.Now) is { } gang) Place(gang);
        foreach (var sweep in Sweeps) EndPreempted(sweep);
    }

    /// <summary>What runs says what it used; what is over is deleted once that is durable, and says nothing any more.</summary>
    private void SayUsed(SimulatedSweep sweep)
    {
        if (_deleted.Contains(sweep.Id)) return;
        var queue = sweep.Experiment.Spec.Queue!;
        foreach (var day in _pool.Used(sweep.Id, queue, sweep.Experiment.DeviceTimesByDay(_clock.Now).Days, _clock.Now))
            _unrecorded[(sweep.Id, day.Day)] = new LedgerEntry(queue, sweep.Id, day.Day, day.Time);
        if (sweep.Experiment.IsTerminal && TryRecord()) _deleted.Add(sweep.Id);
    }

    private void RecordUse()
    {
        _clock.In(LedgerEvery, RecordUse);
        if (!_isDown) TryRecord();
    }

    private bool TryRecord()
    {
        if (_clock.Chance(_faults.FailedAppend)) return false;
        foreach (var (key, entry) in _unrecorded) _ledger[key] = entry;
        _unrecorded.Clear();
        return true;
    }

    /// <summary>A pool that knows what the ledger has.</summary>
    private Pool NewPool()
    {
        var pool = new Pool(new PoolSettings(TimeSpan.FromSeconds(10)) { Queues = _queues, MinimumRun = TimeSpan.FromSeconds(20) }, _clock.Now);
        foreach (var entry in _ledger.Values) pool.Used(entry.Experiment, entry.Queue, [new DeviceTime(entry.Day, entry.Time)], _clock.Now);
        return pool;
    }

    private void Place(Gang gang)
    {
        var sweep = _byId[gang.Experiment];
        var events = sweep.Experiment.Place([.. gang.Workers.Select(w => w.Value)], _clock.Now);
        if (events.Count == 0 || !Commit(sweep, events))
        {
            _pool.Decline(gang, _clock.Now);
            _pool.Withdraw(gang.Experiment, _clock.Now);
            return;
        }
        var attempt = sweep.Experiment.Find(((AttemptStarted)events[^1]).Trial)!.CurrentAttempt;
        _pool.Accept(gang, attempt, _clock.Now);
        foreach (var worker in gang.Workers) Assign(_reachable[worker], worker, attempt);
    }

    private void EndPreempted(SimulatedSweep sweep)
    {
        foreach (var preemption in _pool.Preemptions(sweep.Id, _clock.Now))
        {
            var attempt = preemption.Attempt;
            var events = sweep.Experiment.Preempt(attempt.Trial.Number, attempt.Number, preemption.Reason, _clock.Now);
            if (events.Count > 0 && Commit(sweep, events)) Preemptions++;
        }
    }

    /// <summary>Sends an assignment; sent again at each heartbeat of a worker that does not run it. The stream to a worker keeps their order.</summary>
    private void Assign(SimulatedWorker worker, WorkerId name, AttemptId attempt)
    {
        var sweep = _byId[attempt.Trial.Experiment];
        var trial = sweep.Experiment.Find(attempt.Trial.Number)!;
        // A trial resumes behind its last report: that is where its checkpoint is.
        var (order, from, isFirstRank, parameters) = (++_assignments, Math.Min(trial.Epoch, sweep.Epochs - 1), trial.Workers[0] == name.Value, trial.Parameters);
        _clock.Send(_faults, () => worker.Assign(order, attempt, isFirstRank, parameters, from, sweep.Epochs));
    }

    /// <summary>What a worker has been told to run, by the journals.</summary>
    private AttemptId? Told(WorkerId worker)
    {
        foreach (var sweep in Sweeps)
        {
            foreach (var number in sweep.Experiment.RunningTrials)
            {
                var trial = sweep.Experiment.Find(number)!;
                if (trial.Workers.Contains(worker.Value, StringComparer.Ordinal)) return trial.CurrentAttempt;
            }
        }
        return null;
    }

    /// <summary>An attempt whose workers are gone, or never heard of it, goes on without them or is interrupted.</summary>
    private void EndLostAttempts(SimulatedSweep sweep)
    {
        foreach (var number in sweep.Experiment.RunningTrials.ToList())
        {
            var trial = sweep.Experiment.Find(number)!;
            if (_pool.Missing(trial.CurrentAttempt, [.. trial.Workers.Select(w => new WorkerId(w))], _clock.Now) is not { } lost) continue;
            Commit(sweep, sweep.Experiment.Regroup(number, trial.Attempt, [lost.Value], $"{lost} is gone.", _clock.Now));
        }
    }

    /// <summary>Journals, then applies. An append that fails changes nothing, and whoever asked is not answered.</summary>
    private bool Commit(SimulatedSweep sweep, IReadOnlyList<ExperimentEvent> events)
    {
        if (events.Count == 0) return true;
        if (_clock.Chance(_faults.FailedAppend)) return false;
        sweep.Append(events);
        return true;
    }

    private void Crash()
    {
        Crashes++;
        _isDown = true;
        SaidAllAt = null;
        _unrecorded.Clear();
        _clock.In(_clock.Between(1, 20), () =>
        {
            _isDown = false;
            _reachable.Clear();
            foreach (var sweep in Sweeps) sweep.Reload();
            _pool = NewPool();
        });
    }
}
