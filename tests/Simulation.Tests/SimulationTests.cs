using System.Globalization;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Simulation.Tests;

/// <summary>
/// The real search, scheduler, experiment and pool in virtual time, over many seeds. A failing seed is named in the message; to run it alone,
/// set ORCHESTRATOR_SIMULATION_SEED; for more seeds than usual, set ORCHESTRATOR_SIMULATION_SEEDS.
/// </summary>
public sealed class SimulationTests
{
    private const int Epochs = 9;
    private const int Trials = 12;
    private const int Seeds = 1000;

    [Fact]
    public void Sweep_WithManyFaults_KeepsWhatMustHold()
    {
        var (crashes, interruptions) = (0, 0);
        ForEachSeed(Faults.Many, seed =>
        {
            var run = new Run(seed, Faults.Many, [Spec(seed)], Epochs);
            run.ToTheEnd();
            CheckEnd(run, mayFail: true);
            crashes += run.Coordinator.Crashes;
            interruptions += run.Sweeps[0].Journal.OfType<AttemptEnded>().Count(e => e.Outcome == AttemptOutcome.Interrupted);
        });

        // The faults did happen.
        Assert.True(IsAlone || (crashes > 0 && interruptions > 0));
    }

    [Fact]
    public void Sweeps_OfTwoTeamsWithPrioritiesAndFaults_KeepWhatMustHold()
    {
        var preemptions = 0;
        ForEachSeed(Faults.Many, seed =>
        {
            var run = new Run(seed, Faults.Many, Rivals(seed), Epochs);
            run.ToTheEnd();
            CheckEnd(run, mayFail: true);
            preemptions += run.Coordinator.Preemptions;
        });

        Assert.True(IsAlone || preemptions > 0);
    }

    [Fact]
    public void Sweep_WithASchedulerThatPausesAndFaults_KeepsWhatMustHold()
    {
        var (resumed, forks) = (0, 0);
        ForEachSeed(Faults.Many, seed =>
        {
            var run = new Run(seed, Faults.Many, [Pausing(seed)], Epochs);
            run.ToTheEnd();
            CheckEnd(run, mayFail: true);
            resumed += run.Sweeps[0].Journal.OfType<TrialResumed>().Count();
            forks += run.Sweeps[0].Experiment.Trials.Count(t => t.Parent is not null);
        }, Math.Max(12, SeedCount / 4));

        Assert.True(IsAlone || (resumed > 0 && forks > 0));
    }

    [Fact]
    public void Sweep_WithElasticRanksAndFaults_KeepsWhatMustHold()
    {
        var (regrouped, firstLost) = (0, 0);
        ForEachSeed(Faults.Many, seed =>
        {
            var run = new Run(seed, Faults.Many, [Spec(seed) with { Resources = new ResourcesSpec(3) { MinWorldSize = 1 + (int)(seed % 2) } }], Epochs);
            run.ToTheEnd();
            CheckEnd(run, mayFail: true);
            var events = run.Sweeps[0].Journal.OfType<AttemptRegrouped>().ToList();
            regrouped += events.Count;
            firstLost += run.Sweeps[0].Journal.OfType<AttemptStarted>().Count(s => events.Any(e => (e.Trial, e.Attempt) == (s.Trial, s.Attempt) && e.Lost.Contains(s.Workers[0])));
        }, Math.Max(12, SeedCount / 4));

        Assert.True(IsAlone || (regrouped > firstLost && firstLost > 0));
    }

    [Fact]
    public void Sweep_WithoutFaults_TrainsEveryTrialOnce() => ForEachSeed(Faults.None, seed =>
    {
        var run = new Run(seed, Faults.None, [Spec(seed)], Epochs);
        run.ToTheEnd();
        CheckEnd(run, mayFail: false);
        Assert.Equal(Trials, run.Sweeps[0].Journal.OfType<AttemptStarted>().Count());
    });

    [Fact]
    public void Sweep_DeviceHours_AreKept() => ForEachSeed(Faults.None, seed =>
    {
        var run = new Run(seed, Faults.None, [Spec(seed) with { Budget = new BudgetSpec(DeviceHours: 0.25) }], Epochs);
        run.ToTheEnd();
        Assert.Contains("device_hours", run.Sweeps[0].Experiment.Reason);
    });

    [Fact]
    public void Sweep_BudgetOfEpochs_IsKept()
    {
        foreach (var faults in new[] { Faults.None, Faults.Many })
        {
            ForEachSeed(faults, seed =>
            {
                var run = new Run(seed, faults, [Spec(seed) with { Budget = new BudgetSpec(Epochs: 2 * Epochs + seed % 3) }], Epochs);
                run.ToTheEnd();
                var experiment = run.Sweeps[0].Experiment;
                Assert.True(experiment.Status == ExperimentStatus.Completed || faults != Faults.None, experiment.Reason);
                if (experiment.Status == ExperimentStatus.Completed) Assert.Contains("epochs", experiment.Reason);
            }, Math.Max(12, SeedCount / 25));
        }
    }

    [Fact]
    public void Sweeps_OfATeamWithABudget_WaitForMoreOfIt()
    {
        var (spent, afforded, preempted) = (0, 0, 0);
        foreach (var faults in new[] { Faults.None, Faults.Many })
        {
            ForEachSeed(faults, seed =>
            {
                // Five minutes before midnight; ten minutes later an admin raises what is too little for the rest.
                var run = new Run(seed, faults, Rivals(seed), Epochs, new DateTimeOffset(2030, 1, 31, 23, 55, 0, TimeSpan.Zero), [Daily(0.1), new QueueSpec("blue")]);
                run.After(600, [Daily(24), new QueueSpec("blue")]);
                run.ToTheEnd();
                CheckEnd(run, mayFail: faults != Faults.None);
                spent += run.Spent;
                afforded += run.Afforded;
                preempted += run.Sweeps.SelectMany(s => s.Journal).OfType<AttemptEnded>().Count(e => e.Reason?.Contains("device hours; more at 2030-02-0", StringComparison.Ordinal) == true);
            }, Math.Max(12, SeedCount / 25));
        }

        Assert.True(IsAlone || (spent > 0 && afforded > 0 && preempted > 0));

        static QueueSpec Daily(double hours) => new("red") { Weight = 2, Budget = new QueueBudgetSpec(hours, BudgetPeriod.Day) };
    }

    [Fact]
    public void Sweeps_SameSeed_GiveTheSameJournals()
    {
        List<string> Journals()
        {
            var run = new Run(7, Faults.Many, Rivals(7), Epochs);
            run.ToTheEnd();
            return [.. run.Sweeps.SelectMany(s => s.Journal.Skip(1)).Select(Describe)];
        }

        Assert.Equal(Journals(), Journals());
    }

    private static void CheckEnd(Run run, bool mayFail)
    {
        foreach (var sweep in run.Sweeps)
        {
            var experiment = sweep.Experiment;
            Assert.All(experiment.Trials, trial => Assert.True(trial.IsTerminal, $"{trial.Id} is {trial.Status}."));
            Assert.All(experiment.Trials.Where(t => t.Status == TrialStatus.Completed), trial => Assert.Equal(Epochs, trial.Epoch));
            if (!mayFail) Assert.DoesNotContain(experiment.Trials, trial => trial.Status == TrialStatus.Failed);
            if (experiment.Status == ExperimentStatus.Completed) Assert.Equal(experiment.Spec.Budget.Trials, experiment.Trials.Count(t => t.Parent is null));
            Assert.Equal(Describe(experiment), Describe(sweep.Replay()));
            Assert.Equal(Describe(experiment), Describe(sweep.Shadow));
        }
    }

    private static bool IsAlone => Environment.GetEnvironmentVariable("ORCHESTRATOR_SIMULATION_SEED") is not null;

    private static void ForEachSeed(Faults faults, Action<long> run, int? count = null)
    {
        var alone = Environment.GetEnvironmentVariable("ORCHESTRATOR_SIMULATION_SEED");
        var seeds = alone is null ? Enumerable.Range(1, count ?? SeedCount).Select(i => (long)i) : [long.Parse(alone, CultureInfo.InvariantCulture)];
        foreach (var seed in seeds)
        {
            try
            {
                run(seed);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed} with {faults} fails: {e.Message}", e);
            }
        }
    }

    private static int SeedCount =>
        Environment.GetEnvironmentVariable("ORCHESTRATOR_SIMULATION_SEEDS") is { Length: > 0 } count ? int.Parse(count, CultureInfo.InvariantCulture) : Seeds;

    /// <summary>Three sweeps of two teams: one of more priority than another of its team, and one that wants big gangs.</summary>
    private static ExperimentSpec[] Rivals(long seed) =>
    [
        Spec(seed) with { Queue = "red", Budget = new BudgetSpec(6), Resources = new ResourcesSpec(1) },
        Spec(seed + 1) with { Queue = "red", Priority = 3, Budget = new BudgetSpec(4), Resources = new ResourcesSpec(2) },
        Spec(seed + 2) with { Queue = "blue", Budget = new BudgetSpec(4), Resources = new ResourcesSpec(4) { Require = TopologyLevel.Host } },
    ];

    /// <summary>The method, the scheduler and the world size change with the seed.</summary>
    private static ExperimentSpec Spec(long seed) => new()
    {
        Name = "sim",
        Task = "sim",
        Queue = "red",
        Method = (seed % 3) switch { 0 => SearchMethod.Random, 1 => SearchMethod.Tpe, _ => SearchMethod.Halton },
        Metric = new MetricSpec("loss", Goal.Minimize),
        Parameters = [new ParameterSpec("x", new Distribution.Uniform(0, 1))],
        EarlyTerminate = (seed % 4) switch
        {
            0 => null,
            1 => new EarlyTerminateSpec.Asha(1, 3, Epochs),
            2 => new EarlyTerminateSpec.Asha(2, 2, Epochs, 2),
            _ => new EarlyTerminateSpec.Percentile(),
        },
        Resources = new ResourcesSpec(1 + (int)(seed % 3)),
        Budget = new BudgetSpec(Trials),
        Seed = seed,
    };

    /// <summary>Sweeps whose scheduler pauses trials, resumes some of them, and forks them.</summary>
    private static ExperimentSpec Pausing(long seed) => Spec(seed) with
    {
        EarlyTerminate = (seed / 3 % 4) switch
        {
            0 => new EarlyTerminateSpec.Promotion(1, 3, Epochs),
            1 => new EarlyTerminateSpec.Hyperband(Epochs),
            2 => new EarlyTerminateSpec.Population(3),
            _ => new EarlyTerminateSpec.Population(3, Bandit: true),
        },
        Method = (seed % 3) switch { 0 => SearchMethod.Random, 1 => SearchMethod.Tpe, _ => SearchMethod.Bohb },
    };

    private static string Describe(Experiment experiment) => string.Join("\n", experiment.Trials
        .Select(t => $"{t.Id} {t.Status} {t.Attempt} {t.Epoch} {t.BestMetric:R} {t.BestEpoch} {t.Failures} {t.Parameters}")
        .Append($"{experiment.Status} {experiment.Version} {experiment.Best?.Id}"));

    private static string Describe(ExperimentEvent value) => value switch
    {
        TrialReported r => $"{r.At:O} reported {r.Trial} {r.Attempt} {r.Sequence} {r.Epoch} {r.Metrics["loss"]:R}",
        AttemptStarted s => $"{s.At:O} started {s.Trial} {s.Attempt} {string.Join(",", s.Workers)}",
        _ => value.ToString(),
    };
}
