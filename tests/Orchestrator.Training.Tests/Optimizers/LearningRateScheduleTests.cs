using Orchestrator.Training.Optimizers;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Training.Tests.Optimizers;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData(ScheduleKind.Constant, 0, 1)]
    [InlineData(ScheduleKind.Constant, 99, 1)]
    [InlineData(ScheduleKind.Linear, 25, 0.75)]
    [InlineData(ScheduleKind.Linear, 100, 0)]
    [InlineData(ScheduleKind.Cosine, 0, 1)]
    [InlineData(ScheduleKind.Cosine, 25, 0.8535533905932737)] // (1 + cos(pi / 4)) / 2
    [InlineData(ScheduleKind.Cosine, 50, 0.5)]
    [InlineData(ScheduleKind.Step, 33, 1)]
    [InlineData(ScheduleKind.Step, 34, 0.1)]
    [InlineData(ScheduleKind.Step, 99, 0.01)]
    public void Factor_OfAHundredSteps_FollowsTheSchedule(ScheduleKind schedule, long step, double expected) =>
        Assert.Equal(expected, LearningRateSchedule.Factor(new TrainingOptions { Schedule = schedule }, step, 100), 12);

    [Fact]
    public void Factor_WithWarmup_RisesFirst()
    {
        var options = new TrainingOptions { Schedule = ScheduleKind.Linear, WarmupSteps = 4 };
        Assert.Equal([0.25, 0.5, 0.75, 1, 1, 0.9], Enumerable.Range(0, 6).Select(step => Math.Round(LearningRateSchedule.Factor(options, step, 14), 12)));
    }
}
