using Orchestrator.TestKit.Building;

namespace Orchestrator.Domain.Tests.Experiments;

/// <summary>A decision whose append fails must have changed nothing: the grain decides again.</summary>
public sealed class DecisionPurityTests
{
    [Fact]
    public void EveryDecision_NotApplied_ChangesNothing()
    {
        var machine = new Machine(new ExperimentSpecBuilder().WallTime(TimeSpan.FromHours(1)), stops: r => r.Metric > 0.5);
        machine.Place();
        machine.Place();
        machine.End(2, Domain.Experiments.AttemptOutcome.Interrupted);
        var experiment = machine.Experiment;
        var later = machine.Now + TimeSpan.FromHours(2);
        var before = Snapshot.Of(experiment, machine.Now);
        var told = machine.Search.Observations.Count;

        Assert.NotEmpty(experiment.Place(["w"], later));
        Assert.NotEmpty(experiment.Report(Events.Reported(1, loss: 0.9), later, out _));
        Assert.NotEmpty(experiment.EndAttempt(Events.AttemptEnded(1), later));
        Assert.NotEmpty(experiment.Stop("", later));
        Assert.NotEmpty(experiment.Settle(later));

        Assert.Equal(before, Snapshot.Of(experiment, machine.Now));
        Assert.Equal(told, machine.Search.Observations.Count);
        Assert.Empty(machine.Scheduler.Observations);
    }

    [Fact]
    public void EveryDecision_AskedTwice_AnswersTheSame()
    {
        var machine = new Machine();

        Assert.Equal(Json(machine.Experiment.Place(["w"], machine.Now)), Json(machine.Experiment.Place(["w"], machine.Now)));
    }

    private static IEnumerable<byte[]> Json(IEnumerable<Domain.Experiments.ExperimentEvent> events) => events.Select(Domain.Experiments.ExperimentEventJson.Serialize);
}
