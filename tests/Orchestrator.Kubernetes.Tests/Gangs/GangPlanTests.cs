using Orchestrator.Kubernetes.Gangs;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Tests.Gangs;

public sealed class GangPlanTests
{
    private static readonly TimeSpan Deadline = new WarmPoolSpec("gpu", "cuda", 0, []).Deadline;

    private readonly GangWorld _world = new();

    [Fact]
    public void Decide_Wanted_HasAJobForEachGangThatRunsOrWaits()
    {
        Assert.Equal(2, _world.Decide(waiting: 2).OfType<GangAction.Create>().Count());
        Assert.Empty(_world.Decide(waiting: 2));

        foreach (var gang in _world.Gangs) Run(gang);
        Assert.Empty(_world.Decide(waiting: 0, TimeSpan.FromHours(1)));
        Assert.Single(_world.Decide(waiting: 1).OfType<GangAction.Create>());
        Assert.StartsWith("vae-1-", _world.Gangs[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_WantedForAMoment_CreatesNothing()
    {
        Assert.Empty(_world.Decide(waiting: 1, TimeSpan.FromMilliseconds(100)));
        Assert.Empty(_world.Decide(waiting: 0));
    }

    [Fact]
    public void Decide_NoLongerWanted_DeletesOnlyWhatRunsNothing()
    {
        _world.Decide(waiting: 2);
        Run(_world.Gangs[0]);

        var deleted = Assert.Single(_world.Decide(waiting: 0, GangPlan.SurplusFor));

        Assert.Equal(_world.Gangs[0], Assert.Single(_world.Gangs));
        Assert.NotEqual(_world.Gangs[0], Assert.IsType<GangAction.Delete>(deleted).Gang.Name);
    }

    [Fact]
    public void Decide_TrialIsOver_TheNextTrialGetsAJobOfItsOwn()
    {
        _world.Decide(waiting: 1);
        var first = _world.Gangs[0];
        Run(first);
        _world.Work(first, isBusy: false);
        _world.Change(first, g => g with { IsEnding = true });

        var created = Assert.IsType<GangAction.Create>(Assert.Single(_world.Decide(waiting: 1)));
        _world.Change(first, g => g with { End = new GangEnd(false, "its trial is over") });
        Assert.Equal(first, Assert.IsType<GangAction.Delete>(Assert.Single(_world.Decide(waiting: 1))).Gang.Name);
        Assert.Equal(created.Gang, Assert.Single(_world.Gangs));
    }

    [Fact]
    public void Decide_RankWasLost_WaitsForItsJobToReplaceIt()
    {
        _world.Decide(waiting: 1);
        Run(_world.Gangs[0]);
        _world.Work(_world.Gangs[0], isBusy: false);
        _world.Change(_world.Gangs[0], g => g with { Pods = [g.Pods[0], g.Pods[1] with { Stage = PodStage.Failed }] });

        Assert.Empty(_world.Decide(waiting: 1, GangPlan.SurplusFor));
    }

    [Fact]
    public void Decide_JobFailed_TriesAgainLaterAndSaysWhy()
    {
        _world.Decide(waiting: 1);
        _world.Change(_world.Gangs[0], g => g with { End = new GangEnd(true, "PodFailurePolicy: exit code 1") });

        Assert.IsType<GangAction.Delete>(Assert.Single(_world.Decide(waiting: 1)));
        Assert.Contains("exit code 1", _world.Trouble!.Text, StringComparison.Ordinal);
        Assert.Single(_world.Decide(waiting: 1, TimeSpan.FromSeconds(10)).OfType<GangAction.Create>());
    }

    [Fact]
    public void Decide_NotScheduled_SaysSoAndIsOverAtTheDeadline()
    {
        _world.Decide(waiting: 1);
        _world.Place(_world.Gangs[0], registered: false);
        _world.Change(_world.Gangs[0], g => g with { Pods = [.. g.Pods.Select(p => p with { Node = null, Trouble = "Unschedulable: 0/4 nodes" })] });

        Assert.Empty(_world.Decide(waiting: 1));
        Assert.Equal(("Unschedulable: 0/4 nodes", false), (_world.Trouble!.Text, _world.Trouble.IsOver));
        Assert.Empty(_world.Decide(waiting: 1, Deadline));
        Assert.True(_world.Trouble!.IsOver);
    }

    [Fact]
    public void Decide_HeldBack_WaitsWithoutADeadline()
    {
        _world.Decide(waiting: 1);
        _world.Change(_world.Gangs[0], g => g with { IsSuspended = true });

        Assert.Empty(_world.Decide(waiting: 1, Deadline * 10));
        Assert.False(_world.Trouble!.IsOver);
        Assert.Contains("waits in the cluster's queue 'team-a'", _world.Trouble.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_WorkerNeverRegisters_TakesAnotherJob()
    {
        _world.Decide(waiting: 1);
        _world.Place(_world.Gangs[0], registered: false);

        Assert.Contains("did not register", Assert.IsType<GangAction.Delete>(Assert.Single(_world.Decide(waiting: 1, Deadline))).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_NodeLeaves_MovesThePodAndKeepsTheJob()
    {
        _world.Decide(waiting: 1);
        Run(_world.Gangs[0]);
        _world.Leaving["n1"] = "spot";

        Assert.All(_world.Decide(waiting: 0), a => Assert.Equal("n1", Assert.IsType<GangAction.Move>(a).Pod.Node));
    }

    [Fact]
    public void Decide_NobodySpeaksForIt_IsCollectedAfterAWhile()
    {
        _world.Decide(waiting: 1);
        _world.IsOver = true;

        Assert.Empty(_world.Decide(waiting: 0, GangPlan.OrphanFor / 2));
        Assert.IsType<GangAction.Delete>(Assert.Single(_world.Decide(waiting: 0, GangPlan.OrphanFor)));
    }

    private void Run(string gang)
    {
        _world.Place(gang);
        _world.Work(gang);
    }
}
