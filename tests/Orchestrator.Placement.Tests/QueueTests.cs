using Orchestrator.Domain.Specs;
using Orchestrator.Placement.Tests.Support;

namespace Orchestrator.Placement.Tests;

public class QueueTests
{
    [Fact]
    public void FormGang_TwoQueuesOfOneWeight_ShareEvenlyHoweverManyExperimentsTheyHave()
    {
        var pool = new TestPool(new QueueSpec("red"), new QueueSpec("blue")).Host("h", 8);
        foreach (var name in new[] { "r1", "r2", "r3" }) pool.Want(name, 10, queue: "red");
        pool.Want("b1", 10, queue: "blue");

        pool.Place();

        Assert.Equal(4, pool.RunningOf("b1"));
    }

    [Fact]
    public void FormGang_Weights_GiveEachQueueItsPart()
    {
        var pool = new TestPool(new QueueSpec("red") { Weight = 3 }, new QueueSpec("blue")).Host("h", 8);
        pool.Want("r", 10, queue: "red");
        pool.Want("b", 10, queue: "blue");

        pool.Place();

        Assert.Equal((6, 2), (pool.RunningOf("r"), pool.RunningOf("b")));
    }

    /// <summary>The example of the DRF paper in our terms: each team is short of another kind of device, and each gets the same part of its own.</summary>
    [Fact]
    public void FormGang_QueuesWantDifferentKinds_EqualisesDominantShares()
    {
        var pool = new TestPool(new QueueSpec("a"), new QueueSpec("b")).Host("gpu", 10).Host("cpu", 20, kind: DeviceKind.Cpu);
        pool.Want("a-gpu", 20, queue: "a");
        pool.Want("b-cpu", new Demand(40, 1, DeviceKind.Cpu) { Queue = "b" });
        pool.Want("b-gpu", 20, queue: "b");

        pool.Place();

        // b's dominant share grows with its CPUs as with its GPUs; it gets what a leaves, and a at least half of the GPUs.
        Assert.Equal(20, pool.RunningOf("b-cpu"));
        Assert.True(pool.RunningOf("a-gpu") >= 5, $"a has {pool.RunningOf("a-gpu")} of 10");
        Assert.Equal(10, pool.RunningOf("a-gpu") + pool.RunningOf("b-gpu"));
    }

    [Fact]
    public void FormGang_OneGangFillsThePool_TeamsTakeTurnsByWeightOverTime()
    {
        var pool = new TestPool(new QueueSpec("red") { Weight = 3 }, new QueueSpec("blue")).Host("h", 4);
        var had = new Dictionary<string, int>(StringComparer.Ordinal) { ["r"] = 0, ["b"] = 0 };
        for (var turn = 0; turn < 40; turn++)
        {
            pool.Want("r", 2, worldSize: 4, queue: "red");
            pool.Want("b", 2, worldSize: 4, queue: "blue");
            var attempt = Assert.Single(pool.Place());
            had[attempt.Trial.Experiment.Value]++;
            pool.Advance(TimeSpan.FromMinutes(1));
            pool.End(attempt);
        }

        Assert.InRange(had["r"], 29, 31);
    }

    [Fact]
    public void FormGang_HigherClass_GoesFirst()
    {
        var pool = new TestPool(new QueueSpec("slow"), new QueueSpec("fast") { Class = 1 }).Host("h", 2);
        pool.Want("s", 5, queue: "slow");
        pool.Want("f", 2, queue: "fast");

        Assert.Equal(["f", "f"], TestPool.Experiments(pool.Place()));
    }

    [Fact]
    public void FormGang_Priority_GoesFirstInItsQueueButNotBeforeOtherQueues()
    {
        var pool = new TestPool(new QueueSpec("red"), new QueueSpec("blue")).Host("h", 4);
        pool.Want("low", 5, queue: "red");
        pool.Want("high", 5, queue: "red", priority: 100);
        pool.Want("other", 5, queue: "blue");

        pool.Place();

        Assert.Equal((0, 2, 2), (pool.RunningOf("low"), pool.RunningOf("high"), pool.RunningOf("other")));
    }

    [Fact]
    public void FormGang_LowPriorityHasWaitedLong_GoesBeforeHigherOnesThatCameLater()
    {
        var pool = new TestPool().Host("h", 1);
        pool.Want("low", 1);
        pool.Want("first", 1, priority: 1);
        var first = Assert.Single(pool.Place());
        pool.Advance(TimeSpan.FromMinutes(61));
        pool.Want("late", 1, priority: 1);
        pool.End(first);

        Assert.Equal(["low"], TestPool.Experiments(pool.Place()));
    }

    [Fact]
    public void FormGang_Quota_IsNotExceededAndSaysSo()
    {
        var pool = new TestPool(new QueueSpec("red") { Quota = new Dictionary<DeviceKind, double> { [DeviceKind.Cuda] = 3 } }).Host("h", 8);
        pool.Want("r", 5, worldSize: 2, queue: "red");

        pool.Place();

        Assert.Equal(1, pool.RunningOf("r"));
        var why = pool.Why("r")!;
        Assert.Equal(WaitCause.Quota, why.Cause);
        Assert.Contains("the queue has 2 of its quota of 3", why.Text);
    }

    [Fact]
    public void FormGang_QuotaIsTakenByLessPriority_MakesRoom()
    {
        var pool = new TestPool(new QueueSpec("red") { Quota = new Dictionary<DeviceKind, double> { [DeviceKind.Cuda] = 2 } }).Host("h", 8);
        pool.Want("low", 5, queue: "red");
        pool.Place();
        pool.Want("high", 1, queue: "red", priority: 1);

        Assert.Empty(pool.Place());
        var preempted = Assert.Single(pool.Preemptions("low"));
        pool.End(preempted.Attempt);

        Assert.Equal(["high"], TestPool.Experiments(pool.Place()));
    }

    [Fact]
    public void Explain_UnknownQueue_SaysWhichThereAre()
    {
        var pool = new TestPool(new QueueSpec("red"), new QueueSpec("blue"));
        pool.Want("r", 1, queue: "rde");

        Assert.Equal((WaitCause.Never, "There is no queue 'rde'; there are: red, blue."), (pool.Why("r")!.Cause, pool.Why("r")!.Text));
    }

    [Fact]
    public void Queues_SomeWaitAndSomeRun_SaysWhatEachHas()
    {
        var pool = new TestPool().Host("h", 2);
        pool.Want("a", 3, queue: "red");
        pool.Place();

        var queue = Assert.Single(pool.Pool.Queues(pool.Now));
        Assert.Equal(("red", 2.0, 1.0), (queue.Settings.Name, queue.Taken[DeviceKind.Cuda], queue.DominantShare));
        Assert.Equal("a", Assert.Single(queue.Waiting).Experiment.Value);
    }
}
