using Orchestrator.Domain.Specs;
using Orchestrator.Placement.Tests.Support;

namespace Orchestrator.Placement.Tests;

public class PreemptionTests
{
    private static readonly TimeSpan MinimumRun = TimeSpan.FromMinutes(2);

    [Fact]
    public void Preemptions_HigherPriorityWaits_EndTheYoungestOfTheLowest()
    {
        var pool = new TestPool().Host("h", 2);
        pool.Want("low", 2);
        var low = pool.Place();
        pool.Advance(TimeSpan.FromSeconds(1));
        pool.Want("high", 1, priority: 1);

        Assert.Empty(pool.Place());
        Assert.Equal(low[1], Assert.Single(pool.Preemptions("low")).Attempt);

        pool.End(low[1]);
        Assert.Equal(["high"], TestPool.Experiments(pool.Place()));
        Assert.Empty(pool.Preemptions("low"));
    }

    [Fact]
    public void Preemptions_TheyWouldNotMakeRoomForAll_EndNone()
    {
        var pool = new TestPool().Host("h", 4);
        pool.Want("low", 2);
        pool.Want("equal", 2, priority: 1);
        pool.Place();
        pool.Want("high", 1, worldSize: 3, priority: 1);

        pool.Place();

        Assert.Empty(pool.Preemptions("low"));
    }

    [Fact]
    public void Preemptions_QueueIsAboveItsShare_GivesBackAfterTheMinimumRun()
    {
        var pool = new TestPool(new QueueSpec("red"), new QueueSpec("blue")).Host("h", 4);
        pool.Want("r", 8, queue: "red");
        pool.Place();
        pool.Want("b", 8, queue: "blue");
        pool.Place();
        Assert.Empty(pool.Preemptions("r"));

        pool.Advance(MinimumRun);
        for (var i = 0; i < 8; i++)
        {
            pool.Place();
            foreach (var preemption in pool.Preemptions("r")) pool.End(preemption.Attempt);
            foreach (var preemption in pool.Preemptions("b")) pool.End(preemption.Attempt);
            pool.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((2, 2), (pool.RunningOf("r"), pool.RunningOf("b")));
        Assert.Empty(pool.Preemptions("r"));
        Assert.Empty(pool.Preemptions("b"));
    }

    [Fact]
    public void Preemptions_DemandIsWithdrawn_AreTakenBack()
    {
        var pool = new TestPool().Host("h", 1);
        pool.Want("low", 1);
        pool.Place();
        pool.Want("high", 1, priority: 1);
        pool.Place();
        Assert.Single(pool.Preemptions("low"));

        pool.Want("high", 0);

        Assert.Empty(pool.Preemptions("low"));
    }

    [Fact]
    public void Preemptions_LowerClass_EndsForTheHigher()
    {
        var pool = new TestPool(new QueueSpec("batch"), new QueueSpec("urgent") { Class = 1 }).Host("h", 2);
        pool.Want("b", 2, queue: "batch", priority: 99);
        pool.Place();
        pool.Want("u", 1, worldSize: 2, queue: "urgent");
        pool.Place();

        Assert.Equal(2, pool.Preemptions("b").Count);
    }
}
