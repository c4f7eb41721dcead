using System.Text.Json.Nodes;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Tests.Pools;

public sealed class DemandSplitTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_SeveralPools_FillsTheFirstOfTheKindFirst()
    {
        WarmPool[] pools = [Pool("a", "cuda", 4), Pool("b", "cpu", 2), Pool("c", "cuda", 8)];

        Assert.Equal([4, 1, 2], DemandSplit.Of(pools, new Dictionary<string, int> { ["cuda"] = 6, ["cpu"] = 1 }, Now));
        Assert.Equal([0, 0, 0], DemandSplit.Of(pools, new Dictionary<string, int>(), Now));
    }

    [Fact]
    public void Of_FirstPoolInTrouble_AsksTheNextOneToo()
    {
        WarmPool[] pools = [Pool("a", "cuda", 4), Pool("c", "cuda", 8)];
        var create = pools[0].Decide(new PoolObservation([], new Dictionary<string, FleetWorker>(), 4, new Dictionary<string, string>()), Now).OfType<PoolAction.Create>().First();
        pools[0].CreationFailed(create.Pod, "exceeded quota", Now);
        pools[0].Decide(new PoolObservation([], new Dictionary<string, FleetWorker>(), 4, new Dictionary<string, string>()), Now);

        Assert.Equal([4, 0], DemandSplit.Of(pools, new Dictionary<string, int> { ["cuda"] = 4 }, Now));
        Assert.Equal([4, 4], DemandSplit.Of(pools, new Dictionary<string, int> { ["cuda"] = 4 }, Now + DemandSplit.Overflow));
    }

    private static WarmPool Pool(string name, string device, int max) => new(new WarmPoolSpec(name, device, max, new JsonObject()), 1);
}
