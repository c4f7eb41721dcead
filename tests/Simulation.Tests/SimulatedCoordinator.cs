using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;
using Orchestrator.Placement;
using Orchestrator.Search.Algorithms;
using Orchestrator.Search.Schedulers;

namespace Orchestrator.Simulation.Tests;

/// <summary>
/// The coordinator around the real state machines: it journals before it applies, answers only for what is journaled, and may die and come back
/// with nothing but its journal.
/// </summary>
internal sealed class SimulatedCoordinator
{
    private const double TickEvery = 1;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private static readonly ExperimentId Id = new("sim");

    private readonly Clockwork _clock;
    private readonly Faults _faults;
    private readonly int _epochs;
    private readonly Dictionary<WorkerId, SimulatedWorker> _reachable = [];
    private Pool _pool;
    private bool _isDown;
    private long _assignments;

    public SimulatedCoordinator(Clockwork clock, Faults faults, ExperimentSpec spec, int epochs)
    {
        (_clock, _faults, _epochs) = (clock, faults, epochs);
        Journal = [new ExperimentSubmitted(clock.Now, spec, "")];
        Experiment = Replay();
        _pool = new Pool(new PoolSettings(Lease), clock.Now);
        _clock.In(TickEvery, Tick);
    }

    public List<ExperimentEvent> Journal { get; }

    public Experiment Experiment { get; private set; }

    public int Crashes { get; private set; }

    /// <summary>The state that the journal gives.</summary>
    public Experiment Replay()
    {
        var submitted = (ExperimentSubmitted)Journal[0];
        var experiment = new Experiment(Id, submitted, SearchAlgorithms.Create(submitted.Spec), TrialSchedulers.Create(submitted.Spec), new RetryPolicy(MaxInterruptionsWithoutProgress: 50));
        foreach (var value in Journal.Skip(1)) experiment.Apply(value);
        return experiment;
    }

    public void Seen(SimulatedWorker worker, WorkerOffer offer, AttemptId? running)
    {
        if (_isDown || worker.IsDead) return;
        _reachable[offer.Worker] = worker;
        var told = Told(offer.Worker);
        _pool.Seen(offer, told ?? running, _clock.Now);
        if (told is { } attempt && running != attempt) Assign(worker, offer.Worker, attempt);
        if (told is null && running is { } old) _clock.Send(_faults, () => worker.Stop(old));
    }

    public void Report(SimulatedWorker worker, TrialReported report)
    {
        if (_isDown) return;
        var attempt = new AttemptId(new TrialId(Id, report.Trial), report.Attempt);
        if (!Commit(Experiment.Report(report, _clock.Now, out var verdict))) return;
        if (verdict == ReportVerdict.Stale || !IsRunning(attempt)) _clock.Send(_faults, () => worker.Stop(attempt));
        else _clock.Send(_faults, () => worker.Acknowledge(attempt, report.Sequence));
    }

    public void EndAttempt(SimulatedWorker worker, AttemptId attempt, AttemptEnded ended)
    {
        if (_isDown || !Commit(Experiment.EndAttempt(ended, _clock.Now))) return;
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
        EndLostAttempts();
        if (!Commit(Experiment.Settle(_clock.Now))) return;
        var spec = Experiment.Spec;
        _pool.SetDemand(Id, new Demand(Experiment.Demand, spec.Resources.WorldSize, spec.Resources.Device), _clock.Now);
        while (_pool.FormGang(_clock.Now) is { } gang) Place(gang);
    }

    private void Place(Gang gang)
    {
        var events = Experiment.Place([.. gang.Workers.Select(w => w.Value)], _clock.Now);
        if (events.Count == 0 || !Commit(events))
        {
            _pool.Decline(gang, _clock.Now);
            return;
        }
        var started = (AttemptStarted)events[^1];
        var trial = Experiment.Find(started.Trial)!;
        _pool.Accept(gang, trial.CurrentAttempt, _clock.Now);
        foreach (var worker in gang.Workers) Assign(_reachable[worker], worker, trial.CurrentAttempt);
    }

    /// <summary>Sends an assignment; sent again at each heartbeat of a worker that does not run it. The stream to a worker keeps their order.</summary>
    private void Assign(SimulatedWorker worker, WorkerId name, AttemptId attempt)
    {
        var trial = Experiment.Find(attempt.Trial.Number)!;
        // A trial resumes behind its last report: that is where its checkpoint is.
        var (order, from, isFirstRank, parameters) = (++_assignments, Math.Min(trial.Epoch, _epochs - 1), trial.Workers[0] == name.Value, trial.Parameters);
        _clock.Send(_faults, () => worker.Assign(order, attempt, isFirstRank, parameters, from, _epochs));
    }

    /// <summary>What a worker has been told to run, by the journal.</summary>
    private AttemptId? Told(WorkerId worker)
    {
        foreach (var number in Experiment.RunningTrials)
        {
            var trial = Experiment.Find(number)!;
            if (trial.Workers.Contains(worker.Value, StringComparer.Ordinal)) return trial.CurrentAttempt;
        }
        return null;
    }

    /// <summary>An attempt whose workers are gone, or never heard of it, is interrupted.</summary>
    private void EndLostAttempts()
    {
        foreach (var number in Experiment.RunningTrials.ToList())
        {
            var trial = Experiment.Find(number)!;
            if (_pool.Missing(trial.CurrentAttempt, [.. trial.Workers.Select(w => new WorkerId(w))], _clock.Now) is not { } lost) continue;
            Commit(Experiment.EndAttempt(new AttemptEnded(default, number, trial.Attempt, AttemptOutcome.Interrupted, $"{lost} is gone."), _clock.Now));
        }
    }

    private bool IsRunning(AttemptId attempt) =>
        Experiment.Find(attempt.Trial.Number) is { Status: TrialStatus.Running } trial && trial.Attempt == attempt.Number;

    /// <summary>Journals, then applies. An append that fails changes nothing, and whoever asked is not answered.</summary>
    private bool Commit(IReadOnlyList<ExperimentEvent> events)
    {
        if (events.Count == 0) return true;
        if (_clock.Chance(_faults.FailedAppend)) return false;
        Journal.AddRange(events);
        foreach (var value in events) Experiment.Apply(value);
        return true;
    }

    private void Crash()
    {
        Crashes++;
        _isDown = true;
        _clock.In(_clock.Between(1, 20), () =>
        {
            _isDown = false;
            _reachable.Clear();
            Experiment = Replay();
            _pool = new Pool(new PoolSettings(Lease), _clock.Now);
        });
    }
}
