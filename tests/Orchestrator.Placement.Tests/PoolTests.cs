using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement.Tests;

public class PoolTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private static readonly ExperimentId First = new("first-1");
    private static readonly ExperimentId Second = new("second-1");

    private readonly Pool _pool = new(new PoolSettings(Lease), Start);

    [Fact]
    public void FormGang_FewerFreeThanWorldSize_FormsNone()
    {
        Join("a");
        _pool.SetDemand(First, Want(1, worldSize: 2), Start);

        Assert.Null(_pool.FormGang(Start));

        Join("b");
        Assert.Equal(["a", "b"], Names(_pool.FormGang(Start)!));
    }

    [Fact]
    public void TryRetire_OnlyWhatHasNothingToDo_TakesNothingMore()
    {
        Join("a", "b", "c");
        _pool.Seen(Offer("a"), Attempt(1), Start);
        _pool.SetDemand(First, Want(1), Start);
        var gang = _pool.FormGang(Start)!;

        Assert.False(_pool.TryRetire(new("a")));
        Assert.False(_pool.TryRetire(gang.Workers[0]));
        var free = gang.Workers[0].Value == "b" ? "c" : "b";
        Assert.True(_pool.TryRetire(new(free)));
        Assert.True(_pool.TryRetire(new("gone")));

        _pool.SetDemand(Second, Want(1), Start);
        Assert.Null(_pool.FormGang(Start));
    }

    [Fact]
    public void Wanted_GangsThatWait_AreCountedInSlots()
    {
        Join("a");
        _pool.SetDemand(First, Want(3, worldSize: 2), Start);
        _pool.SetDemand(Second, Want(2), Start);

        Assert.Equal((8, 0), (_pool.Wanted(DeviceKind.Cpu, Start), _pool.Wanted(DeviceKind.Cuda, Start)));
        Assert.NotNull(_pool.FormGang(Start));
        Assert.InRange(_pool.Wanted(DeviceKind.Cpu, Start), 6, 7);
    }

    [Fact]
    public void Wanted_UnderAQuotaOrTooBigForTheCapacity_IsNoMoreThanCanCome()
    {
        var pool = new Pool(new PoolSettings(Lease) { Queues = [new QueueSpec("default") { Quota = new Dictionary<DeviceKind, double> { [DeviceKind.Cpu] = 5 } }], Capacity = new Dictionary<DeviceKind, int> { [DeviceKind.Cpu] = 4 } }, Start);
        pool.SetDemand(First, Want(9, worldSize: 2), Start);
        pool.SetDemand(Second, Want(1, worldSize: 5), Start);

        Assert.Equal(4, pool.Wanted(DeviceKind.Cpu, Start));
    }

    [Fact]
    public void FormGang_SlotsSetAside_AreNotTakenTwice()
    {
        Join("a", "b", "c");
        _pool.SetDemand(First, Want(5, worldSize: 2), Start);

        Assert.NotNull(_pool.FormGang(Start));
        Assert.Null(_pool.FormGang(Start));
    }

    [Fact]
    public void FormGang_TwoExperiments_TakeTurns()
    {
        Join("a", "b", "c", "d");
        _pool.SetDemand(First, Want(3), Start);
        _pool.SetDemand(Second, Want(3), Start);

        Assert.Equal([First, Second, First, Second], Enumerable.Range(0, 4).Select(_ => _pool.FormGang(Start)!.Experiment));
    }

    [Fact]
    public void FormGang_BigGangWaits_IsNotStarvedBySmallOnesBehindIt()
    {
        Join("a", "b");
        _pool.Seen(Offer("b"), Attempt(1), Start);
        _pool.SetDemand(First, Want(1, worldSize: 2), Start);
        _pool.SetDemand(Second, Want(1), Start);

        Assert.Null(_pool.FormGang(Start));

        _pool.Release(new("b"), Attempt(1), Start);
        Assert.Equal(First, _pool.FormGang(Start)!.Experiment);
    }

    [Fact]
    public void FormGang_PoolIsTooSmallForABigGang_DoesNotKeepItsWorkersIdle()
    {
        Join("a");
        _pool.SetDemand(First, Want(1, worldSize: 2), Start);
        _pool.SetDemand(Second, Want(1), Start);

        Assert.Equal(Second, _pool.FormGang(Start)!.Experiment);
        Assert.Equal(WaitCause.Workers, _pool.Explain(First, Start)!.Cause);
    }

    [Fact]
    public void FormGang_BigGangWaitsForAnotherDevice_DoesNotHoldBack()
    {
        Join("a");
        _pool.SetDemand(First, Want(1, worldSize: 2) with { Device = DeviceKind.Cuda }, Start);
        _pool.SetDemand(Second, Want(1), Start);

        Assert.Equal(Second, _pool.FormGang(Start)!.Experiment);
    }

    [Fact]
    public void FormGang_SeveralHosts_KeepsRanksOnTheTightestThatFits()
    {
        Join(("a", "big"), ("b", "big"), ("c", "big"), ("d", "small"), ("e", "small"));
        _pool.SetDemand(First, Want(1, worldSize: 2), Start);

        Assert.Equal(["d", "e"], Names(_pool.FormGang(Start)!));
    }

    [Fact]
    public void FormGang_NoHostFits_SpansAsFewAsPossible()
    {
        Join(("a", "one"), ("b", "two"), ("c", "two"), ("d", "three"));
        _pool.SetDemand(First, Want(1, worldSize: 3), Start);

        Assert.Equal(["b", "c", "a"], Names(_pool.FormGang(Start)!));
    }

    [Fact]
    public void Decline_GangNotNeeded_FreesItsSlots()
    {
        Join("a");
        _pool.SetDemand(First, Want(1), Start);
        _pool.Decline(_pool.FormGang(Start)!, Start);
        _pool.SetDemand(Second, Want(1), Start);

        Assert.Equal(Second, _pool.FormGang(Start)!.Experiment);
    }

    [Fact]
    public void Release_AnotherAttempt_ChangesNothing()
    {
        Join("a");
        _pool.SetDemand(First, Want(1), Start);
        _pool.Accept(_pool.FormGang(Start)!, Attempt(2), Start);

        _pool.Release(new("a"), Attempt(1), Start);
        Assert.False(_pool.Find(new("a"))!.IsFree);

        _pool.Release(new("a"), Attempt(2), Start);
        Assert.True(_pool.Find(new("a"))!.IsFree);
    }

    [Fact]
    public void ExpireLeases_NotHeardForTheLease_IsLost()
    {
        Join("a", "b");
        _pool.Seen(Offer("b"), null, Start + Lease);

        Assert.Equal("a", Assert.Single(_pool.ExpireLeases(Start + Lease + TimeSpan.FromSeconds(1))).Offer.Worker.Value);
        Assert.Null(_pool.Find(new("a")));
        Assert.NotNull(_pool.Find(new("b")));
    }

    [Fact]
    public void ExpireLeases_GangWasSetAside_SettlesForTheRest()
    {
        Join("a", "b");
        _pool.SetDemand(First, Want(1, worldSize: 2), Start);
        var gang = _pool.FormGang(Start)!;
        _pool.Seen(Offer("b"), null, Start + Lease);
        _pool.ExpireLeases(Start + Lease + TimeSpan.FromSeconds(1));

        _pool.Accept(gang, Attempt(1), Start);

        Assert.Equal(Attempt(1), _pool.Find(new("b"))!.Attempt);
        Assert.Equal(new WorkerId("a"), _pool.Missing(Attempt(1), gang.Workers, Start + Lease + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Missing_RightAfterARestart_GivesWorkersTheLeaseToComeBack()
    {
        Assert.Null(_pool.Missing(Attempt(1), [new("a")], Start + Lease));
        Assert.Equal(new WorkerId("a"), _pool.Missing(Attempt(1), [new("a")], Start + Lease + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void Missing_WorkerRunsSomethingElse_IsMissing()
    {
        _pool.Seen(Offer("a"), Attempt(2), Start);

        Assert.Equal(new WorkerId("a"), _pool.Missing(Attempt(1), [new("a")], Start));
        Assert.Null(_pool.Missing(Attempt(2), [new("a")], Start));
    }

    [Fact]
    public void Drain_FreeWorker_TakesNoMore()
    {
        Join("a");
        _pool.Drain(new("a"));
        _pool.SetDemand(First, Want(1), Start);

        Assert.Null(_pool.FormGang(Start));
    }

    [Fact]
    public void Explain_SeveralExperiments_CountsPositionsFromOne()
    {
        _pool.SetDemand(First, Want(1), Start);
        _pool.SetDemand(Second, Want(1), Start);

        Assert.Equal(2, _pool.Explain(Second, Start)!.Position);
        _pool.SetDemand(First, Want(0), Start);
        Assert.Null(_pool.Explain(First, Start));
        Assert.Equal(1, _pool.Explain(Second, Start)!.Position);
    }

    private void Join(params string[] workers) => Join([.. workers.Select(w => (w, "host"))]);

    private void Join(params (string Worker, string Host)[] workers)
    {
        foreach (var (worker, host) in workers) _pool.Seen(Offer(worker, host), null, Start);
    }

    private static WorkerOffer Offer(string worker, string host = "host") => new(new(worker), host, DeviceKind.Cpu);

    private static Demand Want(int gangs, int worldSize = 1) => new(gangs, worldSize, DeviceKind.Cpu);

    private static AttemptId Attempt(int number) => new(new(First, 1), number);

    private static string[] Names(Gang gang) => [.. gang.Workers.Select(w => w.Value)];
}
