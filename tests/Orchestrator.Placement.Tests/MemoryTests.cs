using Orchestrator.Domain.Specs;
using Orchestrator.Placement.Tests.Support;

namespace Orchestrator.Placement.Tests;

public class MemoryTests
{
    [Fact]
    public void FormGang_HostHasMemoryForTwo_GetsTwoTrialsThoughMoreDevicesAreFree()
    {
        var pool = new TestPool().Host("h", 8, memory: 64_000);
        pool.Want("a", Takes(24, gangs: 8));

        Assert.Equal(2, pool.Place().Count);
        var why = pool.Why("a")!;
        Assert.Equal(WaitCause.Memory, why.Cause);
        Assert.EndsWith("needs 1 cuda device with 24 GB of memory; 0 of 1 are set aside for it, and the hosts of the others have too little memory free.", why.Text);
    }

    [Fact]
    public void FormGang_TrialsThatDoNotSay_AreNotHeldBack()
    {
        var pool = new TestPool().Host("h", 4, memory: 10_000);
        pool.Want("a", Takes(10));
        pool.Want("b", 3);

        Assert.Equal(4, pool.Place().Count);
    }

    [Fact]
    public void FormGang_ContainersHaveMemoryOfTheirOwn_EachTrialHasOne()
    {
        var pool = new TestPool().Host("node", 4, memory: 16_000, hasOwnMemory: true);
        pool.Want("a", Takes(16, gangs: 4));

        Assert.Equal(4, pool.Place().Count);
    }

    [Fact]
    public void FormGang_GangOverHosts_TakesOfEachWhatItsMemoryAllows()
    {
        var pool = new TestPool().Host("small", 4, memory: 20_000).Host("big", 4, memory: 64_000);
        pool.Want("a", Takes(16, worldSize: 5));

        var gang = pool.Running[Assert.Single(pool.Place())];

        Assert.Equal((1, 4), (gang.Workers.Count(w => w.Value.StartsWith("small", StringComparison.Ordinal)), gang.Workers.Count(w => w.Value.StartsWith("big", StringComparison.Ordinal))));
    }

    [Fact]
    public void FormGang_PartsOfADevice_ShareItWhileThereIsMemory()
    {
        var pool = new TestPool().Host("h", 4, deviceId: "0", memory: 10_000);
        pool.Want("a", Takes(4, gangs: 4) with { Share = 250 });

        Assert.Equal(2, pool.Place().Count);
        Assert.Equal(WaitCause.Memory, pool.Why("a")!.Cause);
    }

    [Fact]
    public void Release_OfMemory_LetsTheNextIn()
    {
        var pool = new TestPool().Host("h", 2, memory: 30_000);
        pool.Want("a", Takes(20, gangs: 2));
        var first = Assert.Single(pool.Place());

        pool.End(first);

        Assert.Single(pool.Place());
    }

    /// <summary>Memory is kept for a gang that is next, as devices are: small ones do not take it again and again.</summary>
    [Fact]
    public void FormGang_BigOneIsNext_GetsTheMemoryThatSmallOnesGiveUp()
    {
        var pool = new TestPool(new PoolSettings(TimeSpan.FromSeconds(10)) { Preemption = false }).Host("h", 8, memory: 60_000);
        pool.Want("small", Takes(20, gangs: 100));
        pool.Place();
        pool.Advance(TimeSpan.FromMinutes(1));
        pool.Want("big", Takes(50));
        for (var turn = 0; turn < 4 && pool.RunningOf("big") == 0; turn++)
        {
            pool.Advance(TimeSpan.FromMinutes(1));
            pool.End(pool.Running.Keys.OrderBy(a => a.Trial.Number).First());
            pool.Place();
        }

        Assert.Equal(1, pool.RunningOf("big"));
    }

    [Fact]
    public void Preemptions_HigherPriorityLacksMemory_EndsAsManyAsFreeIt()
    {
        var pool = new TestPool().Host("h", 8, memory: 60_000);
        pool.Want("low", Takes(20, gangs: 3));
        Assert.Equal(3, pool.Place().Count);
        pool.Want("high", Takes(40) with { Priority = 1 });

        Assert.Empty(pool.Place());
        Assert.Equal(2, pool.Preemptions("low").Count);
        foreach (var preemption in pool.Preemptions("low")) pool.End(preemption.Attempt);

        Assert.Equal(["high"], TestPool.Experiments(pool.Place()));
    }

    [Fact]
    public void Explain_NoHostHasEverHadAsMuch_CanNeverFit()
    {
        var pool = new TestPool().Host("h", 2, memory: 30_000);
        pool.Want("a", Takes(40));
        pool.Place();
        Assert.Equal(WaitCause.Workers, pool.Why("a")!.Cause);
        pool.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(
            (WaitCause.Never, "A trial takes 40 GB of memory for each rank; no host with cuda devices has ever had more than 30 GB. Ask for less memory_gb, or start workers that have more."),
            (pool.Why("a")!.Cause, pool.Why("a")!.Text));
    }

    /// <summary>The example of the DRF paper (Ghodsi et al., NSDI 2011, section 4.1): 9 CPUs and 18 GB; tasks of A take (1, 4), of B (3, 1): A gets three, B two.</summary>
    [Fact]
    public void FormGang_ExampleOfThePaper_EqualisesDominantShares()
    {
        var pool = new TestPool(new QueueSpec("a"), new QueueSpec("b")).Host("h", 9, memory: 18_000);
        pool.Want("a", Takes(4, gangs: 9) with { Queue = "a" });
        pool.Want("b", Takes(1.0 / 3, worldSize: 3, gangs: 9) with { Queue = "b" });

        pool.Place();

        Assert.Equal((3, 2), (pool.RunningOf("a"), pool.RunningOf("b")));
    }

    [Fact]
    public void FormGang_HostsOfOneNameInTwoRacks_AreTwo()
    {
        var pool = new TestPool().Host("node-1", 2, rack: "r1", memory: 10_000).Host("node-1", 2, rack: "r2", memory: 10_000, stem: "other");
        pool.Want("near", new Demand(1, 3, DeviceKind.Cuda) { Require = TopologyLevel.Host });
        pool.Want("memory", Takes(10, gangs: 2));

        Assert.Equal(["memory", "memory"], TestPool.Experiments(pool.Place()));
        pool.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(WaitCause.Never, pool.Why("near")!.Cause);
    }

    private static Demand Takes(double gigabytes, int gangs = 1, int worldSize = 1) => new(gangs, worldSize, DeviceKind.Cuda) { Memory = (long)(gigabytes * 1000) };
}
