using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Randomness;
using Orchestrator.TestKit.Building;

namespace Orchestrator.Domain.Tests.Experiments;

public sealed class PlaceTests
{
    [Fact]
    public void Place_NewExperiment_ProposesAndStartsTheFirstTrial()
    {
        var machine = new Machine(new ExperimentSpecBuilder().WorldSize(2).Seed(42));

        var events = machine.Place("a", "b");

        var proposed = Assert.IsType<TrialProposed>(events[0]);
        var started = Assert.IsType<AttemptStarted>(events[1]);
        Assert.Equal((1, SplitMix64.DeriveSeed(42, 1)), (proposed.Trial, proposed.Seed));
        Assert.Equal((1, 1), (started.Trial, started.Attempt));
        Assert.Equal(["a", "b"], machine.Trial(1).Workers);
        Assert.Equal(TrialStatus.Running, machine.Trial(1).Status);
        Assert.Equal([1], machine.Experiment.RunningTrials);
        Assert.Equal(machine.Now, machine.Trial(1).AttemptStartedAt);
    }

    [Fact]
    public void Place_WaitingTrials_StartsTheLowestBeforeProposing()
    {
        var machine = new Machine();
        for (var i = 0; i < 3; i++) machine.Place();
        machine.End(3, AttemptOutcome.Interrupted);
        machine.End(2, AttemptOutcome.Interrupted);

        var started = Assert.IsType<AttemptStarted>(Assert.Single(machine.Place()));

        Assert.Equal((2, 2), (started.Trial, started.Attempt));
        Assert.Equal(3, machine.Experiment.Trials.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Place_WrongGang_IsRefused(int workers)
    {
        var machine = new Machine(new ExperimentSpecBuilder().WorldSize(2));

        Assert.Throws<ArgumentException>(() => machine.Place([.. Enumerable.Range(0, workers).Select(i => $"w{i}")]));
    }

    [Fact]
    public void Place_TrialBudgetUsed_GivesNothing()
    {
        var machine = new Machine(new ExperimentSpecBuilder().Trials(2));
        machine.Place();
        machine.Place();

        Assert.Empty(machine.Place());
        Assert.Equal(0, machine.Experiment.Demand);
    }

    [Fact]
    public void Place_SpaceExhausted_GivesNothing()
    {
        var machine = new Machine(points: 1);
        machine.Place();

        Assert.Empty(machine.Place());
        Assert.Equal(0, machine.Experiment.Demand);
    }

    [Fact]
    public void Place_MaxParallelReached_WaitsForAFreePlace()
    {
        var machine = new Machine(new ExperimentSpecBuilder().MaxParallel(2));
        machine.Place();
        machine.Place();
        Assert.Empty(machine.Place());

        machine.End(1);

        Assert.Equal(1, machine.Experiment.Demand);
        Assert.Equal(2, machine.Place().Count);
    }

    [Fact]
    public void Demand_NothingLimits_IsBounded() => Assert.InRange(new Machine().Experiment.Demand, 1, 1024);

    [Theory]
    [InlineData(10, null, 10)]
    [InlineData(10, 4, 4)]
    [InlineData(3, 4, 3)]
    public void Demand_NewExperiment_IsWhatBudgetAndParallelismAllow(int trials, int? parallel, int expected)
    {
        var spec = new ExperimentSpecBuilder().Trials(trials);
        if (parallel is { } most) spec.MaxParallel(most);

        Assert.Equal(expected, new Machine(spec).Experiment.Demand);
    }

    [Fact]
    public void Demand_WaitingTrials_CountBesidesProposals()
    {
        var machine = new Machine(new ExperimentSpecBuilder().Trials(3));
        machine.Place();
        machine.Place();
        machine.End(1, AttemptOutcome.Interrupted);

        Assert.Equal(2, machine.Experiment.Demand); // trial 1 again, and trial 3
    }
}
