using Orchestrator.Domain.Errors;
using Orchestrator.Kubernetes.Pools;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Kubernetes.Tests.Pools;

public sealed class PoolsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Whole_HasEverything()
    {
        var spec = Read("""
            installation: team-a
            owner: team-a-pools
            watchNodes: false
            dedicated: true
            pools:
            - {name: a100, device: cuda, min: 1, max: 8, idleSeconds: 60, deadlineSeconds: 120, template: {spec: {containers: [{name: worker}]}}}
            - {name: small, device: cpu, template: {spec: {containers: [{name: worker}]}}}
            """);

        Assert.Equal(("team-a", "team-a-pools", false, true), (spec.Installation, spec.Owner, spec.WatchNodes, spec.Dedicated));
        Assert.Equal(("a100", "cuda", 1, 8, 60.0, 120.0), (spec.Pools[0].Name, spec.Pools[0].Device, spec.Pools[0].Min, spec.Pools[0].Max, spec.Pools[0].IdleAfter.TotalSeconds, spec.Pools[0].Deadline.TotalSeconds));
        Assert.Equal((0, 1, 600.0, 900.0), (spec.Pools[1].Min, spec.Pools[1].Max, spec.Pools[1].IdleAfter.TotalSeconds, spec.Pools[1].Deadline.TotalSeconds));
        Assert.Equal(8, spec.Capacity["cuda"]);
    }

    [Fact]
    public void Read_Faults_AreAllNamed()
    {
        var exception = Assert.Throws<OrchestratorException>(() => Read("""
            installation: Team
            pool: []
            pools:
            - {name: a, device: tpu, min: 3, max: 2, idle: 1}
            - {name: a, device: cpu, max: many, template: {spec: {containers: [{name: worker}]}}}
            - 7
            """));

        foreach (var fault in (string[])["pool: there is no such key", "installation: use", "pools[0].device: is cpu or cuda", "pools[0].min: is more", "pools[0].idle: there is no", "pools[0].template: needs", "pools[1].max: is a whole", "pools[2]: is no map", "two pools 'a'"])
            Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoYaml_SaysWhere() => Assert.Contains("pools.yaml", Assert.Throws<OrchestratorException>(() => Read("a: [")).Message, StringComparison.Ordinal);

    private PoolsSpec Read(string text) => PoolsFile.Read(_folder.Write("pools.yaml", text));
}
