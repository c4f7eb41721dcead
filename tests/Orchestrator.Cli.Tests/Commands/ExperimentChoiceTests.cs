using Orchestrator.Cli.Commands;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Tests.Fakes;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Tests.Commands;

public sealed class ExperimentChoiceTests
{
    [Fact]
    public void NewestUnfinished_StoppedAfterRunning_IsTheStoppedOne() =>
        Assert.Equal("b-1", ExperimentChoice.NewestUnfinished([Of("a-1", "running", 1), Of("b-1", "stopped", 2), Of("c-1", "completed", 3)]).Id);

    [Fact]
    public void NewestRunning_StoppedIsNewer_IsTheRunningOne() =>
        Assert.Equal("a-1", ExperimentChoice.NewestRunning([Of("a-1", "running", 1), Of("b-1", "stopped", 2)]).Id);

    [Fact]
    public void Newest_Several_IsTheLastSubmitted() =>
        Assert.Equal("c-1", ExperimentChoice.Newest([Of("a-1", "running", 1), Of("c-1", "failed", 3), Of("b-1", "stopped", 2)]).Id);

    [Fact]
    public void NewestUnfinished_AllFinished_IsAUsageError()
    {
        var error = Assert.Throws<CliException>(() => ExperimentChoice.NewestUnfinished([Of("a-1", "completed", 1), Of("b-1", "failed", 2)]));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    private static Experiment Of(string id, string status, int minute)
    {
        var experiment = FakeExperiments.Running(id, DateTimeOffset.UnixEpoch.AddMinutes(minute));
        experiment.Status = status;
        return experiment;
    }
}
