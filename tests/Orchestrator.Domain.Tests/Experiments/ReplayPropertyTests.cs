using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Search;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Domain.Tests.Experiments;

/// <summary>Random commands in a random order, most of them stale or duplicate: what holds whatever happens. FsCheck prints the seed and the shortest sequence that fails.</summary>
public sealed class ReplayPropertyTests
{
    private const int MaxParallel = 3;
    private const int MaxTrials = 12;
    private const int MaxForks = 6;

    [Fact]
    public void Replay_AnyCommands_GivesTheStateThatWasLive() => ForAnyCommands(machine =>
    {
        var (experiment, search, scheduler) = machine.Replay();
        Assert.Equal(Snapshot.Of(machine.Experiment, machine.Now), Snapshot.Of(experiment, machine.Now));
        Assert.Equal(machine.Search.Observations, search.Observations);
        Assert.Equal(machine.Scheduler.Observations, scheduler.Observations);
        Assert.Equal(machine.Scheduler.Changes, scheduler.Changes);
    });

    [Fact]
    public void Invariants_AnyCommands_Hold() => ForAnyCommands(AssertInvariants, everyStep: true);

    [Fact]
    public void Settle_AnyCommandsThenCompletions_ReachesAnEnd() => ForAnyCommands(machine =>
    {
        machine.Resume();
        foreach (var trial in machine.Experiment.Trials.Where(t => t.PausedBy == Initiator.Person).ToList()) machine.ResumeTrial(trial.Id.Number);
        for (var i = 0; i < 10 * MaxTrials && !machine.Experiment.IsTerminal; i++)
        {
            machine.Place();
            foreach (var trial in machine.Experiment.RunningTrials.ToList()) machine.End(trial);
            machine.Settle();
        }
        Assert.True(machine.Experiment.IsTerminal);
    });

    private static void ForAnyCommands(Action<Machine> check, bool everyStep = false) => Prop.ForAll<int[]>(commands =>
    {
        var machine = new Machine(
            new ExperimentSpecBuilder().WorldSize(2).MaxParallel(MaxParallel).Trials(MaxTrials).DeviceHours(50),
            stops: report => report.Metric > 0.8,
            pauses: report => report.Metric < 0.4,
            releases: Release,
            retries: new RetryPolicy(MaxFailures: 2, MaxInterruptionsWithoutProgress: 3, MaxFailedTrials: 4));
        foreach (var command in commands)
        {
            var number = unchecked((uint)command * 2654435761); // small numbers, which FsCheck likes, give all commands
            try
            {
                Run(machine, (int)(number >> 27), (int)((number >> 8) & 0xFFFF));
            }
            catch (TrialCommandException)
            {
                // A person asked for what can't be done; nothing has changed.
            }
            if (everyStep) check(machine);
        }
        check(machine);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(200));

    private static void Run(Machine machine, int command, int argument)
    {
        var trial = (argument % (MaxTrials + 2)) - 1; // some of them are unknown
        var attempt = 1 + (argument >> 4) % 3;
        var newest = machine.Experiment.Find(trial)?.Attempt ?? 1;
        switch (command)
        {
            case <= 3: machine.Place(); break;
            case <= 6: machine.Report(trial, newest, 1 + (argument >> 6) % 6, loss: (argument % 100) / 100.0); break;
            case 7: machine.Report(trial, attempt, 1 + (argument >> 6) % 6, loss: double.NaN); break;
            case <= 10: machine.End(trial, (AttemptOutcome)(argument % 5), newest); break;
            case 11: machine.End(trial, (AttemptOutcome)(argument % 5), attempt); break;
            case 12: machine.Time.Advance(TimeSpan.FromMinutes(argument % 60)); break;
            case 13: machine.Settle(); break;
            case 14 when argument % 3 == 0: machine.Stop(); break;
            case <= 18: machine.Place(); break;
            case <= 22: machine.Report(trial, newest, 1 + (argument >> 6) % 6, loss: (argument % 100) / 100.0); break;
            case 23: machine.PauseTrial(trial); break;
            case <= 25: machine.ResumeTrial(trial); break;
            case 26: machine.ExtendTrial(trial, 1 + (argument >> 6) % 20); break;
            case 27 when machine.Experiment.Trials.Count < MaxTrials: machine.ForkTrial(trial, (argument & 16) == 0 ? null : (argument >> 6) % 4); break;
            case 28 when argument % 3 == 0: machine.StopTrial(trial); break;
            case <= 30: machine.Settle(); break;
            default: machine.Resume(); break;
        }
    }

    /// <summary>Of two that are paused the first goes on; of three one is forked; in the end every other one is stopped.</summary>
    private static IReadOnlyList<SchedulerAction> Release(IReadOnlyCollection<int> paused, bool idle)
    {
        if (idle) return [.. paused.Select(trial => trial % 2 == 0 ? (SchedulerAction)new SchedulerAction.Resume(trial, "last") : new SchedulerAction.Stop(trial, "last"))];
        if (paused.Count < 2) return [];
        var first = new SchedulerAction.Resume(paused.First(), "first");
        return paused.Count == 2 || paused.Last() > MaxForks ? [first] : [first, new SchedulerAction.Fork(paused.Last(), Domain.Parameters.ParameterSet.Empty, "third")];
    }

    private static void AssertInvariants(Machine machine)
    {
        var experiment = machine.Experiment;
        Assert.Equal(machine.JournalLength, experiment.Version);
        Assert.InRange(experiment.RunningTrials.Count, 0, MaxParallel);
        Assert.InRange(experiment.Trials.Count(t => t.Parent is null), 0, MaxTrials);
        Assert.InRange(experiment.Demand, 0, MaxParallel);
        Assert.Equal(experiment.RunningTrials, experiment.Trials.Where(t => t.Status == TrialStatus.Running).Select(t => t.Id.Number));
        Assert.All(experiment.Trials, t => Assert.InRange(t.Failures, 0, 2));
        Assert.All(experiment.Trials, t => Assert.InRange(t.InterruptionsWithoutProgress, 0, 3));
        Assert.All(experiment.Trials, t => Assert.Equal(t.IsTerminal, t.EndedAt is not null));
        Assert.Equal(experiment.Trials.Min(t => t.BestMetric), experiment.Best?.BestMetric);
        Assert.All(experiment.Trials, t => Assert.Equal(t.Status == TrialStatus.Paused, t.PausedBy is not null));
        Assert.All(experiment.Trials, t => Assert.True(t.Parent is null || t.Parent < t.Id.Number && t.Epoch >= t.ParentEpoch));
        if (experiment.Status != ExperimentStatus.Running) Assert.Equal((0, 0), (experiment.RunningTrials.Count, experiment.Demand));
        if (experiment.IsTerminal) Assert.All(experiment.Trials, t => Assert.True(t.IsTerminal));
    }
}
