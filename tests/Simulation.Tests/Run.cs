using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;
using Orchestrator.Placement;

namespace Orchestrator.Simulation.Tests;

/// <summary>Some sweeps in virtual time, with faults, from one seed; what must hold is checked after every event.</summary>
internal sealed class Run
{
    public const int Workers = 6;
    private const double LongestSeconds = 200_000;
    private const double LongestEpochSeconds = 30;
    private static readonly TimeSpan Noticing = TimeSpan.FromSeconds(3);

    private static readonly QueueSpec[] Teams = [new QueueSpec("red") { Weight = 2 }, new QueueSpec("blue")];

    private readonly Clockwork _clock;
    private readonly List<SimulatedWorker> _workers = [];
    private readonly Faults _faults;
    private readonly Dictionary<TrialId, TrialStatus> _ended = [];
    private readonly Dictionary<AttemptId, long> _sequences = [];
    private readonly Dictionary<AttemptId, IReadOnlyList<string>> _gangs = [];
    private readonly int[] _checked;
    private int _started;

    public Run(long seed, Faults faults, IReadOnlyList<ExperimentSpec> specs, int epochs, DateTimeOffset? start = null, IReadOnlyList<QueueSpec>? queues = null)
    {
        _clock = new Clockwork(seed, start);
        _faults = faults;
        _checked = [.. specs.Select(_ => 1)];
        Coordinator = new SimulatedCoordinator(_clock, faults, specs, epochs, queues ?? Teams);
        for (var i = 0; i < Workers; i++) StartWorker();
        ReplaceDead();
    }

    public SimulatedCoordinator Coordinator { get; }

    public IReadOnlyList<SimulatedSweep> Sweeps => Coordinator.Sweeps;

    public double Seconds => _clock.Seconds;

    /// <summary>How many started attempts were looked at, each with something left of its team's budget.</summary>
    public int Afforded { get; private set; }

    /// <summary>How often a budget was seen to be spent.</summary>
    public int Spent { get; private set; }

    /// <summary>Plans that an admin changes the queues.</summary>
    public void After(double seconds, IReadOnlyList<QueueSpec> queues) => _clock.In(seconds, () => Coordinator.Restart(queues));

    public void ToTheEnd()
    {
        while (Sweeps.Any(s => !s.Experiment.IsTerminal))
        {
            Hold(_clock.Step() && _clock.Seconds < LongestSeconds, "the sweeps end");
            var hasChanged = false;
            for (var i = 0; i < Sweeps.Count; i++) hasChanged |= CheckJournal(Sweeps[i], ref _checked[i]);
            if (hasChanged) CheckSlots();
            CheckBudgets();
        }
    }

    private static void Hold(bool holds, string what)
    {
        if (!holds) throw new InvalidOperationException($"It does not hold that {what}.");
    }

    /// <summary>Looks at the events that are new; false where there are none.</summary>
    private bool CheckJournal(SimulatedSweep sweep, ref int seen)
    {
        if (seen == sweep.Journal.Count) return false;
        for (; seen < sweep.Journal.Count; seen++) Check(sweep, sweep.Journal[seen]);
        var (live, replayed) = (sweep.Experiment, sweep.Shadow);
        Hold(live.Version == replayed.Version && live.Version == sweep.Journal.Count && live.Status == replayed.Status, "what is live is what the journal gives");
        Hold(live.Demand == replayed.Demand && live.Best?.Id == replayed.Best?.Id && live.RunningTrials.SequenceEqual(replayed.RunningTrials), "what is live is what the journal gives");
        Hold(live.DeviceTime(_clock.Now) == replayed.DeviceTime(_clock.Now), "what is live is what the journal gives");
        Hold(live.Trials.Count(t => t.Parent is null) <= (live.Spec.Budget.Trials ?? int.MaxValue), "the budget of trials is kept");
        Hold(live.Trials.Sum(t => (long)t.Epoch - t.ParentEpoch) <= (live.Spec.Budget.Epochs + Workers ?? long.MaxValue), "the budget of epochs is kept but for a report of each trial that runs");
        var allowed = live.Spec.Budget.DeviceHours * 3600 + LongestEpochSeconds * Workers ?? double.MaxValue;
        Hold(_faults != Faults.None || live.DeviceTime(_clock.Now).TotalSeconds <= allowed, "the budget of device hours is kept but for an epoch");
        return true;
    }

    private void Check(SimulatedSweep sweep, ExperimentEvent value)
    {
        switch (value)
        {
            case TrialEnded ended:
                Hold(_ended.TryAdd(new(sweep.Id, ended.Trial), ended.Status), $"trial {ended.Trial} ends once");
                break;
            case TrialReported report:
                var attempt = new AttemptId(new(sweep.Id, report.Trial), report.Attempt);
                Hold(!_ended.ContainsKey(attempt.Trial), $"trial {report.Trial} reports only while it runs");
                Hold(report.Sequence == _sequences.GetValueOrDefault(attempt) + 1, $"every report of trial {report.Trial} counts once and none is lost");
                _sequences[attempt] = report.Sequence;
                break;
            case AttemptStarted started:
                CheckAfforded(sweep.Experiment.Spec.Queue!);
                Hold(started.Workers.Distinct(StringComparer.Ordinal).Count() == sweep.Experiment.Spec.Resources.WorldSize, "a gang is whole");
                _gangs[new(new(sweep.Id, started.Trial), started.Attempt)] = started.Workers;
                break;
            case AttemptRegrouped regrouped:
                Check(sweep, regrouped);
                break;
        }
    }

    /// <summary>A new generation has some of the workers of the one before, in their order, and enough.</summary>
    private void Check(SimulatedSweep sweep, AttemptRegrouped regrouped)
    {
        var attempt = new AttemptId(new(sweep.Id, regrouped.Trial), regrouped.Attempt);
        var before = _gangs[attempt];
        Hold(!_ended.ContainsKey(attempt.Trial), $"trial {regrouped.Trial} regroups only while it runs");
        Hold(regrouped.Workers.Count >= sweep.Experiment.Spec.Resources.MinWorldSize, "enough ranks go on");
        Hold(before.Except(regrouped.Lost, StringComparer.Ordinal).SequenceEqual(regrouped.Workers), "those go on that are not lost, in their order");
        if (before[0] != regrouped.Workers[0]) _sequences.Remove(attempt);
        _gangs[attempt] = regrouped.Workers;
    }

    /// <summary>No worker has two attempts, of whichever sweeps.</summary>
    private void CheckSlots()
    {
        var taken = Sweeps.SelectMany(s => s.Experiment.RunningTrials.SelectMany(number => s.Experiment.Find(number)!.Workers)).ToList();
        Hold(taken.Distinct(StringComparer.Ordinal).Count() == taken.Count, "no worker has two attempts");
    }

    /// <summary>What the pool counts is what the journals say, through crashes and deletions; without faults no budget is overrun by more than it takes to notice.</summary>
    private void CheckBudgets()
    {
        foreach (var (queue, use) in Coordinator.Budgets)
        {
            if (Coordinator.SaidAllAt == _clock.Now) Hold(Math.Abs((use.Used - UsedOf(queue.Name, use)).TotalMilliseconds) < 1, "what a team used is counted once, and nothing is lost");
            if (use.Used.TotalHours >= use.Budget.DeviceHours) Spent++;
            if (_faults == Faults.None) Hold(!IsOverrun(queue.Name, use, Noticing * Workers), "the budget of a team is kept");
        }
    }

    private void CheckAfforded(string queue)
    {
        foreach (var (_, use) in Coordinator.Budgets.Where(b => b.Queue.Name == queue))
        {
            Hold(!IsOverrun(queue, use, TimeSpan.Zero), "no attempt starts once the budget of its team is spent");
            Afforded++;
        }
    }

    private bool IsOverrun(string queue, BudgetUse use, TimeSpan by) => UsedOf(queue, use) >= TimeSpan.FromHours(use.Budget.DeviceHours) + by;

    private TimeSpan UsedOf(string queue, BudgetUse use)
    {
        var begins = use.Budget.StartOf(DateOnly.FromDateTime(_clock.Now.UtcDateTime));
        return Sweeps.Where(s => s.Experiment.Spec.Queue == queue)
            .SelectMany(s => s.Experiment.DeviceTimesByDay(_clock.Now).Days.Where(d => d.Day >= begins))
            .Aggregate(TimeSpan.Zero, (sum, day) => sum + day.Time);
    }

    private void StartWorker() => _workers.Add(new SimulatedWorker($"worker-{++_started}", _clock, Coordinator, _faults));

    /// <summary>A node that died comes back as a new worker.</summary>
    private void ReplaceDead()
    {
        for (var dead = _workers.RemoveAll(w => w.IsDead); dead > 0; dead--) _clock.In(_clock.Between(1, 60), StartWorker);
        _clock.In(30, ReplaceDead);
    }
}
