using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;
using Orchestrator.Training.Checkpointing;

namespace Orchestrator.Training.Tests.Checkpointing;

public sealed class RetentionPolicyTests
{
    [Fact]
    public void TakeExpired_AfterSeveral_KeepsTheNewestAndTheBest()
    {
        var policy = new RetentionPolicy(2, new MetricSpec("loss", Goal.Minimize));
        Assert.Equal([], Add(policy, 1, 0.5));
        Assert.Equal([], Add(policy, 2, 0.3));
        Assert.Equal([1L], Add(policy, 3, 0.4));
        Assert.Equal([], Add(policy, 4, 0.6));
        Assert.Equal([3L], Add(policy, 5, double.NaN));
        Assert.Equal([2L, 4L], Add(policy, 6, 0.1));
    }

    [Fact]
    public void TakeExpired_WithoutMetrics_KeepsTheNewest()
    {
        var policy = new RetentionPolicy(1, new MetricSpec("loss", Goal.Minimize));
        Assert.Equal([], Add(policy, 1, null));
        Assert.Equal([1L], Add(policy, 2, null));
    }

    private static IEnumerable<long> Add(RetentionPolicy policy, long step, double? metric)
    {
        var attempt = new AttemptId(new TrialId(new ExperimentId("test"), 1), 1);
        policy.Add(new CheckpointRecord(attempt, (int)step, step, $"file:///{step}", "", 1, metric, DateTimeOffset.UnixEpoch));
        return policy.TakeExpired().Select(record => record.Step);
    }
}
