using Orchestrator.Domain.Specs;
using Orchestrator.Placement.Tests.Support;

namespace Orchestrator.Placement.Tests;

public class GangTests
{
    [Fact]
    public void FormGang_TwoBigGangs_DoNotEachHoldHalf()
    {
        var pool = new TestPool().Host("h", 4);
        pool.Want("small", 4);
        var small = pool.Place();
        pool.Want("small", 0);
        pool.Want("a", 1, worldSize: 4);
        pool.Want("b", 1, worldSize: 4);

        foreach (var attempt in small) pool.End(attempt);

        var first = Assert.Single(pool.Place());
        pool.End(first);
        Assert.Equal(["a", "b"], TestPool.Experiments([first, .. pool.Place()]));
    }

    [Fact]
    public void FormGang_BigGangIsNext_KeepsWhatFreesForIt()
    {
        var pool = new TestPool().Host("h", 4);
        pool.Want("small", 9);
        var small = pool.Place();
        pool.Want("big", 1, worldSize: 4);

        foreach (var attempt in small)
        {
            pool.Advance(TimeSpan.FromMinutes(1));
            pool.End(attempt);
            pool.Place();
        }

        // The first slots to be freed may still go to those before it; then it is next.
        Assert.True(pool.RunningOf("big") == 1 || pool.Why("big")!.Text.Contains("set aside for it", StringComparison.Ordinal), pool.Why("big")?.Text);
        foreach (var attempt in pool.Running.Keys.Where(a => a.Trial.Experiment.Value == "small").ToList()) pool.End(attempt);
        pool.Place();
        Assert.Equal(1, pool.RunningOf("big"));
    }

    [Fact]
    public void FormGang_ShortGangBehindABigOne_IsBackfilledOnlyIfItEndsInTime()
    {
        var pool = new TestPool().Host("h", 2);
        RunOnce(pool, "short", TimeSpan.FromMinutes(5), leaveOneRunning: false);
        RunOnce(pool, "endless", TimeSpan.FromMinutes(90), leaveOneRunning: false);
        var longRun = RunOnce(pool, "long", TimeSpan.FromMinutes(60), leaveOneRunning: true);
        pool.Want("big", 1, worldSize: 2);
        pool.Place();
        pool.Want("endless", 1);
        Assert.Empty(pool.Place());
        pool.Want("short", 1);

        var placed = Assert.Single(pool.Place());

        Assert.Equal("short", placed.Trial.Experiment.Value);
        pool.End(placed);
        pool.End(longRun);
        Assert.Equal(["big"], TestPool.Experiments(pool.Place()).Take(1));
    }

    [Fact]
    public void FormGang_RequireHost_WaitsForOneHostAndSaysSo()
    {
        var pool = new TestPool().Host("a", 2).Host("b", 2).Host("c", 4);
        pool.Want("x", 2, worldSize: 4);
        pool.Place();
        pool.Want("near", new Demand(1, 4, DeviceKind.Cuda) { Require = TopologyLevel.Host });
        var runs = pool.Running.ToList();
        pool.End(runs.Single(r => r.Value.Workers.Any(w => w.Value.StartsWith('a'))).Key);
        pool.Want("x", 0);

        Assert.Empty(pool.Place());
        pool.End(runs.Single(r => r.Value.Workers.Any(w => w.Value.StartsWith('c'))).Key);

        var placed = Assert.Single(pool.Place());
        Assert.All(pool.Running[placed].Workers, w => Assert.StartsWith("c-", w.Value));
    }

    [Fact]
    public void FormGang_PreferRack_TakesTheTightestRackBeforeSpreading()
    {
        var pool = new TestPool().Host("a", 2, "r1").Host("b", 2, "r2").Host("c", 2, "r2").Host("d", 3, "r1");
        pool.Want("x", new Demand(1, 4, DeviceKind.Cuda) { Prefer = TopologyLevel.Rack });

        Assert.Equal(["b", "c"], pool.Running[Assert.Single(pool.Place())].Workers.Select(w => w.Value[..1]).Distinct().Order());
    }

    [Fact]
    public void FormGang_ExcludedHost_IsNotTaken()
    {
        var pool = new TestPool().Host("bad", 2).Host("good", 3);
        pool.Want("x", new Demand(1, 2, DeviceKind.Cuda) { ExcludedHosts = new HashSet<string> { "bad" } });

        Assert.All(pool.Running[Assert.Single(pool.Place())].Workers, w => Assert.StartsWith("good", w.Value));

        pool.Want("y", 1, worldSize: 2);
        Assert.All(pool.Running[Assert.Single(pool.Place())].Workers, w => Assert.StartsWith("bad", w.Value));
    }

    [Fact]
    public void FormGang_Fractions_FillADeviceBeforeTheNext()
    {
        var pool = new TestPool().Host("h", 4, deviceId: "0").Host("g", 4, deviceId: "0");
        pool.Want("quarter", new Demand(4, 1, DeviceKind.Cuda) { Share = 250 });

        var hosts = pool.Place().Select(a => pool.Running[a].Workers[0].Value[..1]).Distinct().ToList();

        Assert.Single(hosts);
        pool.Want("whole", 2);
        Assert.Single(pool.Place());
        Assert.Equal(0, pool.Pool.FreeDevices(DeviceKind.Cuda));
    }

    [Fact]
    public void FormGang_WholeDeviceIsNext_IsNotStarvedByFractions()
    {
        var pool = new TestPool().Host("h", 2, deviceId: "0");
        pool.Want("half", new Demand(100, 1, DeviceKind.Cuda) { Share = 500 });
        var halves = pool.Place();
        Assert.Equal(2, halves.Count);
        pool.Want("whole", 1);

        pool.End(halves[0]);
        pool.End(pool.Place().Concat(halves.Skip(1)).First());
        foreach (var rest in pool.Running.Keys.ToList())
        {
            pool.Place();
            pool.End(rest);
        }
        pool.Place();

        Assert.Equal(1, pool.RunningOf("whole"));
    }

    [Fact]
    public void Explain_GangIsBiggerThanThePoolEverWas_SaysNeverOnceThePoolHasGrownUp()
    {
        var pool = new TestPool().Host("h", 2);
        pool.Want("big", 1, worldSize: 3);
        Assert.Equal(WaitCause.Workers, pool.Why("big")!.Cause);

        pool.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(WaitCause.Never, pool.Why("big")!.Cause);
        Assert.Contains("has never had more than 2 cuda devices", pool.Why("big")!.Text);
    }

    [Fact]
    public void Explain_RequiredHostIsSmaller_SaysNever()
    {
        var pool = new TestPool().Host("a", 2).Host("b", 2);
        pool.Want("near", new Demand(1, 4, DeviceKind.Cuda) { Require = TopologyLevel.Host });
        pool.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains("no host has ever had more than 2", pool.Why("near")!.Text);
    }

    /// <summary>Lets the pool learn how long an experiment's attempts take; gives one that still runs, or the last.</summary>
    private static Domain.Identity.AttemptId RunOnce(TestPool pool, string experiment, TimeSpan length, bool leaveOneRunning)
    {
        pool.Want(experiment, 1);
        var attempt = pool.Place().Single();
        pool.Advance(length);
        pool.End(attempt);
        if (!leaveOneRunning) return attempt;
        pool.Want(experiment, 1);
        return pool.Place().Single();
    }
}
