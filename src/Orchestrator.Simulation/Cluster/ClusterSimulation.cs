using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Specs;
using Orchestrator.Placement;

namespace Orchestrator.Simulation.Cluster;

/// <summary>
/// A cluster in virtual time: the real search algorithms, trial schedulers, experiments and pool, over workers, failures and training that are
/// modelled. Messages arrive at once and nothing is journaled; what happens when they don't is the matter of the simulation tests.
/// </summary>
public sealed class ClusterSimulation
{
    private const double Minute = 60;

    private readonly SimulationPlan _plan;
    private readonly VirtualClock<Happening> _clock = new();
    private readonly Pool _pool;
    private readonly SimulatedWorker[] _workers;
    private readonly Dictionary<WorkerId, int> _byName = [];
    private readonly List<SimulatedExperiment> _experiments = [];
    private readonly Dictionary<ExperimentId, SimulatedExperiment> _byId = [];
    private readonly ShareMeter _shares;
    private readonly WaitMeter _waits = new();
    private readonly string[] _queues;
    private readonly long? _planned;
    private SplitMix64 _random;
    private int _unsubmitted;
    private int _unfinished;
    private double _lastPlaced;
    private double _slotSecondsAtLastPlaced;
    private long _trialsEnded;
    private long _reports;
    private long _attempts;
    private long _failed;
    private long _withdrawn;
    private long _preempted;

    /// <summary>A cluster before anything has happened.</summary>
    public ClusterSimulation(SimulationPlan plan)
    {
        _plan = plan;
        _random = SplitMix64.ForStream(plan.Seed, 1);
        _pool = new Pool(new PoolSettings(TimeSpan.MaxValue) { Queues = plan.Pool.Queues, Capacity = plan.Pool.Capacity, Preemption = plan.Pool.Preemption }, _clock.Now);
        _workers = [.. Enumerable.Range(0, plan.Cluster.Workers).Select(i => new SimulatedWorker(i, plan.Cluster, IsStraggler(i) ? plan.Cluster.StragglerSlowdown : 1))];
        _queues = [.. plan.Sweeps.Select(s => s.Spec.Queue ?? QueueSpec.Default).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _shares = new ShareMeter([.. _queues.Select(q => (q, plan.Pool.Queues.FirstOrDefault(s => s.Name == q)?.Weight ?? 1))]);
        _planned = plan.Sweeps.All(s => s.Spec.Budget.Trials is not null) ? plan.Sweeps.Sum(s => (long)s.Spec.Budget.Trials!) : null;
        _unsubmitted = _unfinished = plan.Sweeps.Count;
    }

    /// <summary>Runs to the end of the last sweep, or to the horizon.</summary>
    /// <param name="progress">Told every virtual minute; null: nobody.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public SimulationResult Run(Action<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _workers.Length; i++) Join(i);
        for (var i = 0; i < _plan.Sweeps.Count; i++) _clock.In(_plan.Sweeps[i].SubmittedAfter.TotalSeconds, new(HappeningKind.SweepComes, Index: i));
        _clock.In(Minute, new(HappeningKind.Minute));
        while (_unfinished > 0 && _clock.Next(out var happening) && _clock.Seconds <= _plan.Horizon.TotalSeconds)
        {
            if (happening.Kind == HappeningKind.Minute)
            {
                cancellationToken.ThrowIfCancellationRequested();
                EndMinute();
                progress?.Invoke(new SimulationProgress(TimeSpan.FromSeconds(_clock.Seconds), _trialsEnded, _planned, _shares.Taken));
            }
            else
            {
                Handle(happening);
            }
        }
        return Result();
    }

    private void Handle(Happening happening)
    {
        switch (happening.Kind)
        {
            case HappeningKind.EpochEnds: EndEpoch(happening.Run!); break;
            case HappeningKind.SweepComes: Submit(_plan.Sweeps[happening.Index].Spec); break;
            case HappeningKind.PlacementDue: Place(); break;
            case HappeningKind.WorkerDies: Die(happening.Index); break;
            case HappeningKind.DeathNoticed: Lose(happening.Index); break;
            case HappeningKind.WorkerWithdrawn: Withdraw(happening.Index); break;
            case HappeningKind.WorkerComes:
                Join(happening.Index);
                Place();
                break;
            default: throw new InvalidOperationException($"{happening.Kind} has no handler.");
        }
    }

    private void Submit(ExperimentSpec spec)
    {
        _unsubmitted--;
        var experiment = new SimulatedExperiment(_experiments.Count + 1, spec, _clock.Now);
        _experiments.Add(experiment);
        _byId.Add(experiment.Id, experiment);
        Want(experiment);
        _clock.In(0, new(HappeningKind.PlacementDue));
    }

    private void Place()
    {
        while (_pool.FormGang(_clock.Now) is { } gang)
        {
            var experiment = _byId[gang.Experiment];
            var events = experiment.Commit(experiment.Machine.Place([.. gang.Workers.Select(w => w.Value)], _clock.Now));
            if (events.Count == 0)
            {
                _pool.Decline(gang, _clock.Now);
                Want(experiment);
                continue;
            }
            var trial = experiment.Machine.Find(((AttemptStarted)events[^1]).Trial)!;
            _pool.Accept(gang, trial.CurrentAttempt, _clock.Now);
            Begin(experiment, trial, [.. gang.Workers.Select(w => _byName[w])]);
        }
    }

    private void Begin(SimulatedExperiment experiment, Trial trial, int[] workers)
    {
        _attempts++;
        _lastPlaced = _clock.Seconds;
        if (experiment.WaitsSince is { } since) _waits.Add(experiment.WorldSize, _clock.Seconds - since);
        experiment.WaitsSince = null;
        _shares.Change(experiment.Queue, workers.Length, _clock.Seconds);
        _slotSecondsAtLastPlaced = _shares.SlotSeconds;
        // The ranks of a trial wait for the slowest of them.
        var slowdown = workers.Max(w => _workers[w].Slowdown);
        var every = experiment.Machine.Spec.Checkpoint.Every;
        var run = new SimulatedRun(experiment, trial, workers)
        {
            Epoch = trial.Epoch / every * every,
            Epochs = trial.Epochs ?? _plan.Training.Epochs,
            EpochSeconds = _plan.Training.EpochSeconds(trial.Seed) * slowdown,
            Floor = TrainingModel.Floor(trial.Parameters, trial.Seed),
        };
        experiment.Runs.Add(trial.Id.Number, run);
        foreach (var worker in workers) _workers[worker].Run = run;
        _clock.In(run.EpochSeconds, new(HappeningKind.EpochEnds, run));
        Want(experiment);
    }

    private void EndEpoch(SimulatedRun run)
    {
        if (run.IsOver || run.IsStalled) return;
        var machine = run.Experiment.Machine;
        run.Epoch++;
        _reports++;
        var loss = TrainingModel.Loss(run.Floor, run.Trial.Seed, run.Epoch);
        var report = new TrialReported(_clock.Now, run.Trial.Id.Number, run.Attempt, ++run.Sequence, run.Epoch, run.Epoch, new Dictionary<string, double>(1, StringComparer.Ordinal) { [machine.Spec.Metric.Name] = loss });
        run.Experiment.Commit(machine.Report(report, _clock.Now, out _));
        if (run.Trial.Status == TrialStatus.Running && run.Epoch >= run.Epochs) End(run, AttemptOutcome.Completed, null);
        else if (run.Trial.Status == TrialStatus.Running) _clock.In(run.EpochSeconds, new(HappeningKind.EpochEnds, run));
        else AfterEnd(run);
    }

    private void End(SimulatedRun run, AttemptOutcome outcome, string? reason)
    {
        if (run.IsOver) return;
        var machine = run.Experiment.Machine;
        run.Experiment.Commit(machine.EndAttempt(new AttemptEnded(_clock.Now, run.Trial.Id.Number, run.Attempt, outcome, reason), _clock.Now));
        AfterEnd(run);
    }

    /// <summary>The attempt is over for its experiment: its slots are free, and the experiment may be over too.</summary>
    private void AfterEnd(SimulatedRun run)
    {
        run.IsOver = true;
        var experiment = run.Experiment;
        experiment.Runs.Remove(run.Trial.Id.Number);
        _shares.Change(experiment.Queue, -run.Workers.Length, _clock.Seconds);
        var attempt = new AttemptId(run.Trial.Id, run.Attempt);
        foreach (var worker in run.Workers)
        {
            _workers[worker].Run = null;
            if (_workers[worker].IsAlive) _pool.Release(_workers[worker].Offer.Worker, attempt, _clock.Now);
        }
        if (run.Trial.IsTerminal) _trialsEnded++;
        Settle(experiment);
        Want(experiment);
        Place();
    }

    private void Settle(SimulatedExperiment experiment)
    {
        if (experiment.Machine.IsTerminal) return;
        while (experiment.Machine.Settle(_clock.Now) is { Count: > 0 } events)
        {
            experiment.Commit(events);
            _trialsEnded += events.OfType<TrialEnded>().Count();
        }
        foreach (var run in experiment.Runs.Values.Where(r => r.Trial.Status != TrialStatus.Running).ToList()) AfterEnd(run);
        if (experiment.Machine.IsTerminal) _unfinished--;
    }

    private void Want(SimulatedExperiment experiment)
    {
        var demand = experiment.Demand;
        _pool.SetDemand(experiment.Id, demand, _clock.Now);
        experiment.WaitsSince = demand.Gangs > 0 ? experiment.WaitsSince ?? _clock.Seconds : null;
    }

    private void Join(int index)
    {
        var worker = _workers[index];
        worker.Start();
        _byName[worker.Offer.Worker] = index;
        _pool.Seen(worker.Offer, null, _clock.Now);
        if (_plan.Cluster.MeanTimeToFailure is { } failure) _clock.In(After(failure), new(HappeningKind.WorkerDies, Index: index));
        if (_plan.Cluster.MeanTimeToPreemption is { } withdrawal) _clock.In(After(withdrawal), new(HappeningKind.WorkerWithdrawn, Index: index));
    }

    /// <summary>A worker is dead, and nobody knows it yet.</summary>
    private void Die(int index)
    {
        if (!_workers[index].IsAlive) return;
        _failed++;
        _workers[index].End();
        if (_workers[index].Run is { } run) run.IsStalled = true;
        _clock.In(_plan.Cluster.Lease.TotalSeconds, new(HappeningKind.DeathNoticed, Index: index));
    }

    private void Lose(int index)
    {
        var run = _workers[index].Run;
        Remove(index);
        if (run is not null) End(run, AttemptOutcome.Interrupted, "A worker was lost.");
    }

    private void Withdraw(int index)
    {
        if (!_workers[index].IsAlive) return;
        _withdrawn++;
        _workers[index].End();
        var run = _workers[index].Run;
        Remove(index);
        if (run is { IsStalled: false }) End(run, AttemptOutcome.Interrupted, "A worker was withdrawn.");
    }

    private void Remove(int index)
    {
        var worker = _workers[index];
        _pool.Leave(worker.Offer.Worker, _clock.Now);
        _byName.Remove(worker.Offer.Worker);
        _clock.In(After(_plan.Cluster.MeanRepair), new(HappeningKind.WorkerComes, Index: index));
    }

    private void EndMinute()
    {
        _clock.In(Minute, new(HappeningKind.Minute));
        foreach (var experiment in _experiments)
        {
            if (experiment.Machine.IsTerminal) continue;
            Settle(experiment);
            if (_pool.Explain(experiment.Id, _clock.Now) is { Cause: WaitCause.Never } never) experiment.Commit(experiment.Machine.Refuse(never.Text, _clock.Now));
            if (experiment.Machine.IsTerminal && experiment.Runs.Count == 0 && experiment.Machine.Trials.Count == 0) _unfinished--;
        }
        EndPreempted();
        _pool.ExpireLeases(_clock.Now);
        Place();
        _shares.EndMinute(_clock.Seconds, _unsubmitted == 0 && Array.TrueForAll(_queues, q => _experiments.Exists(e => e.Queue == q && e.WaitsSince is { } since && since <= _clock.Seconds - Minute || e.Queue == q && e.Machine.Demand > 0)));
    }

    private void EndPreempted()
    {
        foreach (var experiment in _experiments)
        {
            foreach (var preemption in _pool.Preemptions(experiment.Id, _clock.Now))
            {
                if (!experiment.Runs.TryGetValue(preemption.Attempt.Trial.Number, out var run)) continue;
                _preempted++;
                experiment.Commit(experiment.Machine.Preempt(run.Trial.Id.Number, run.Attempt, preemption.Reason, _clock.Now));
                AfterEnd(run);
            }
        }
    }

    private double After(TimeSpan mean) => -Math.Log(1 - _random.NextDouble()) * mean.TotalSeconds;

    private bool IsStraggler(int index) => SplitMix64.ForStream(_plan.Seed, 1_000_000 + index).NextDouble() < _plan.Cluster.Stragglers;

    private SimulationResult Result()
    {
        var time = Math.Min(_clock.Seconds, _plan.Horizon.TotalSeconds);
        var capacity = _lastPlaced * _workers.Length;
        return new SimulationResult(
            _workers.Length,
            TimeSpan.FromSeconds(time),
            _experiments.SelectMany(e => e.Machine.Trials).GroupBy(t => t.Status).OrderBy(g => g.Key).ToDictionary(g => g.Key.ToString().ToLowerInvariant(), g => g.LongCount(), StringComparer.Ordinal),
            _experiments.Sum(e => e.Events),
            _reports,
            _attempts,
            _failed,
            _withdrawn,
            _preempted,
            capacity > 0 ? Math.Round(_slotSecondsAtLastPlaced / capacity, 6) : 0, // sums of many times: the last digits are noise
            _experiments.Where(e => e.Machine.Best is not null).Select(e => e.Machine.Best!.BestMetric).Min(),
            _waits.Waits,
            _experiments.Count(e => e.Machine is { IsTerminal: false, Demand: > 0 } && e.Runs.Count == 0),
            _shares.Shares(),
            _shares.WorstHour,
            _shares.Hours);
    }
}
