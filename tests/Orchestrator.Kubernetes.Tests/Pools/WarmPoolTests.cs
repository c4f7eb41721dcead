using System.Text.Json.Nodes;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Tests.Pools;

public sealed class WarmPoolTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WarmPoolSpec Spec = new("gpu", "cuda", 4, new JsonObject()) { IdleAfter = TimeSpan.FromMinutes(10), Deadline = TimeSpan.FromMinutes(15) };

    private readonly PoolWorld _world = new(Spec, Start);

    [Fact]
    public void Decide_NothingWaits_StaysAtMin()
    {
        Assert.Empty(_world.Decide(waiting: 0));
        var warm = new PoolWorld(Spec with { Min = 2 }, Start);
        Assert.Equal(2, warm.Decide(waiting: 0).OfType<PoolAction.Create>().Count());
    }

    [Fact]
    public void Decide_MoreWaitThanMax_CreatesMaxOnce()
    {
        Assert.Equal(4, _world.Decide(waiting: 9).OfType<PoolAction.Create>().Count());
        Assert.Empty(_world.Decide(waiting: 9)); // created, not yet seen
        _world.Apply();
        Assert.Empty(_world.Decide(waiting: 9));
    }

    [Fact]
    public void Decide_CreatedPodIsNeverSeen_IsCreatedAgain()
    {
        _world.Decide(waiting: 1);
        _world.Forget();
        _world.Advance(TimeSpan.FromSeconds(30));

        Assert.Single(_world.Decide(waiting: 1));
    }

    [Fact]
    public void Decide_IdleLongEnough_RetiresTheIdleOneAndNoBusyOne()
    {
        var (busy, idle) = TwoWorkers();
        _world.Work(busy);
        Assert.Empty(_world.Decide(waiting: 0));
        _world.Advance(Spec.IdleAfter - TimeSpan.FromSeconds(1));
        Assert.Empty(_world.Decide(waiting: 0));
        _world.Advance(TimeSpan.FromSeconds(1));

        var retired = Assert.IsType<PoolAction.Retire>(Assert.Single(_world.Decide(waiting: 0)));

        Assert.Equal(idle, retired.Pod.Name);
        Assert.Empty(_world.Decide(waiting: 0));
    }

    [Fact]
    public void Decide_WorkerTookSomethingInTheMeantime_IsNotRetiredUntilIdleAgainForLong()
    {
        var (first, second) = TwoWorkers();
        _world.Work(first);
        _world.Decide(waiting: 0);
        _world.Advance(Spec.IdleAfter);
        Assert.Single(_world.Decide(waiting: 0));
        _world.Pool.StillThere(second);

        Assert.Empty(_world.Decide(waiting: 0));
        _world.Advance(Spec.IdleAfter);
        Assert.Single(_world.Decide(waiting: 0));
    }

    [Fact]
    public void Decide_NodeIsLeaving_DeletesItsPodsAndReplacesThem()
    {
        var (first, _) = TwoWorkers();
        _world.Work(first);
        _world.Move(first, "n1");
        _world.Leaving["n1"] = "node n1 is leaving: spot";

        var actions = _world.Decide(waiting: 2);

        Assert.Equal((first, "node n1 is leaving: spot"), (Assert.Single(actions.OfType<PoolAction.Delete>()).Pod.Name, actions.OfType<PoolAction.Delete>().Single().Why));
        Assert.Single(actions.OfType<PoolAction.Create>());
    }

    [Fact]
    public void Decide_PodsFailOnANode_AvoidsItAndSlowsDown()
    {
        var creations = new List<PoolAction.Create>();
        for (var i = 0; i < 200 && creations.Count <= NodeFailures.TooMany; i++)
        {
            creations.AddRange(_world.Decide(waiting: 1).OfType<PoolAction.Create>());
            _world.Apply();
            foreach (var pod in _world.Alive) _world.Fail(pod, "n1", "Error: container worker ended with 3");
            _world.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(NodeFailures.TooMany + 1, creations.Count);
        Assert.All(creations.SkipLast(1), c => Assert.Empty(c.AvoidNodes));
        Assert.Equal(["n1"], creations[^1].AvoidNodes);
        Assert.InRange((_world.Now - Start).TotalSeconds, 35, 60); // 5 + 10 + 20 s of pauses
    }

    [Fact]
    public void Trouble_Unschedulable_HasTheClustersWordsAndADeadline()
    {
        _world.Decide(waiting: 2);
        _world.Apply();
        foreach (var pod in _world.Alive) _world.Trouble(pod, "Unschedulable: 0/4 nodes are available: 4 Insufficient nvidia.com/gpu.");

        _world.Decide(waiting: 2);
        Assert.Equal(("Unschedulable: 0/4 nodes are available: 4 Insufficient nvidia.com/gpu.", false), (_world.Pool.Trouble!.Text, _world.Pool.Trouble.IsOver));
        for (var passed = TimeSpan.Zero; passed < Spec.Deadline; passed += TimeSpan.FromSeconds(30))
        {
            _world.Advance(TimeSpan.FromSeconds(30));
            _world.Decide(waiting: 2);
        }

        Assert.True(_world.Pool.Trouble!.IsOver);
        _world.Apply();
        _world.Decide(waiting: 0);
        Assert.Null(_world.Pool.Trouble);
    }

    [Fact]
    public void CreationFailed_Quota_IsTroubleAndIsTriedAgainLater()
    {
        var create = _world.Decide(waiting: 1).OfType<PoolAction.Create>().Single();
        _world.Forget();
        _world.Pool.CreationFailed(create.Pod, "exceeded quota: gpus", _world.Now);

        Assert.Empty(_world.Decide(waiting: 1));
        Assert.Equal("exceeded quota: gpus", _world.Pool.Trouble!.Text);
        _world.Advance(TimeSpan.FromSeconds(5));
        Assert.Single(_world.Decide(waiting: 1));
    }

    /// <summary>Whatever happens, in whatever order: never more than max, nobody busy is retired, and in the end all are gone.</summary>
    [Fact]
    public void Decide_AnyHistory_KeepsItsPromises()
    {
        for (var seed = 1UL; seed <= 200; seed++)
        {
            var world = new PoolWorld(Spec, Start, seed);
            for (var step = 0; step < 300; step++)
            {
                var waiting = (int)world.Random.NextBelow(7);
                foreach (var action in world.Decide(waiting))
                {
                    if (action is PoolAction.Retire retire) Assert.False(world.IsBusy(retire.Pod.Name), $"seed {seed}: {retire.Pod.Name} is busy");
                }
                world.Apply();
                Assert.True(world.Alive.Count <= Spec.Max, $"seed {seed}: {world.Alive.Count} Pods");
                world.Disturb();
                world.Advance(TimeSpan.FromSeconds(world.Random.NextBelow(120)));
            }
            world.Calm();
            for (var step = 0; step < 60; step++)
            {
                world.Decide(waiting: 0);
                world.Apply();
                world.Advance(TimeSpan.FromMinutes(1));
            }
            Assert.True(world.Alive.Count == 0, $"seed {seed}: {world.Alive.Count} Pods are left");
        }
    }

    private (string First, string Second) TwoWorkers()
    {
        _world.Decide(waiting: 2);
        _world.Apply();
        foreach (var pod in _world.Alive) _world.Register(pod);
        _world.Decide(waiting: 0);
        return (_world.Alive[0], _world.Alive[1]);
    }
}
