using Orchestrator.Domain.Specs;
using static Orchestrator.Specs.Tests.SweepFiles;

namespace Orchestrator.Specs.Tests;

public sealed class PlacementKeysTests
{
    private const string Rest = """
        task: vae
        dataset: mnist
        method: random
        metric: {name: validation_elbo}
        parameters: {learning_rate: {min: 0.001, max: 0.1}}
        run_cap: 1

        """;

    [Fact]
    public void Parse_EveryPlacementKey_GivesTheWholeSpec()
    {
        var result = Parse(Rest + """
            queue: vision
            priority: -5
            resources: {device: cuda, device_fraction: 0.25, memory_gb: 7.5, prefer: rack, require: zone}
            on_failure:
              - {match: "ECC", action: exclude_node}
              - {match: "out of memory", action: fail}
              - {exit_code: 42, action: retry}
              - {match: Xid, exit_code: 137, action: exclude_node}
            """);

        Assert.Equal("", Text(result.Errors));
        var spec = result.Spec!;
        Assert.Equal(("vision", -5), (spec.Queue, spec.Priority));
        Assert.Equal(new ResourcesSpec(1, DeviceKind.Cuda) { DeviceFraction = 0.25, MemoryGb = 7.5, Prefer = TopologyLevel.Rack, Require = TopologyLevel.Zone }, spec.Resources);
        Assert.Equal(7500, spec.Resources.MemoryMegabytes);
        Assert.Equal([new FailureRule("ECC", FailureAction.ExcludeNode), new FailureRule("out of memory", FailureAction.Fail), new FailureRule(null, FailureAction.Retry, 42), new FailureRule("Xid", FailureAction.ExcludeNode, 137)], spec.OnFailure);
    }

    [Fact]
    public void Parse_MinWorldSize_IsTheLeastThatGoesOn()
    {
        var result = Parse(Rest + "resources: {world_size: 4, min_world_size: 2}");

        Assert.Equal("", Text(result.Errors));
        Assert.Equal(new ResourcesSpec(4) { MinWorldSize = 2 }, result.Spec!.Resources);
    }

    [Theory]
    [InlineData("resources: {world_size: 2, min_world_size: 3}", "7:44: resources.min_world_size: a trial can't go on with 3 ranks: it has world_size 2.")]
    [InlineData("resources: {world_size: 2, min_world_size: 1, max_parallel: 1}\ndedicated: {pool: gpu}", "7:44: resources.min_world_size: the machines of a gang of its own end together: leave it out, or leave dedicated out.")]
    public void Parse_MinWorldSizeThatDoesNotFit_SaysWhy(string text, string error) => Assert.Contains(error, Text(Parse(Rest + text).Errors), StringComparison.Ordinal);

    [Fact]
    public void Parse_MinWorldSizeOfAProgram_SaysWhy() => Assert.Contains(
        "resources.min_world_size: the ranks of a program find one another by themselves, and end together: leave it out.",
        Text(Parse(Rest.Replace("task: vae", "task: {command: [python3, train.py]}", StringComparison.Ordinal) + "resources: {world_size: 2, min_world_size: 1}").Errors),
        StringComparison.Ordinal);

    [Fact]
    public void Parse_FaultyPlacement_ReportsAllWithPlaces()
    {
        var result = Parse(Rest + """
            queue: Vision Team
            resources: {world_size: 2, device_fraction: 0.5}
            on_failure:
              - {match: "(", action: fail}
              - {match: x}
              - {action: fail}
              - {exit_code: 0, action: fail}
            """);

        Assert.Null(result.Spec);
        var text = Text(result.Errors);
        Assert.Contains("7:8: queue: 'Vision Team' is no name of a queue", text);
        Assert.Contains("8:45: resources.device_fraction: ranks of one trial don't share a device: with world_size 2 it is 1.", text);
        Assert.Contains("10:13: on_failure[0].match: '(' is no regular expression", text);
        Assert.Contains("11:5: on_failure[1].action: 'action' is missing", text);
        Assert.Contains("12:5: on_failure[2].match: 'match' is missing: say what is looked for in the log, or give an exit_code.", text);
        Assert.Contains("on_failure[3].exit_code: expected a whole number from 1 to 255, not 0.", text);
    }

    [Fact]
    public void Parse_Dedicated_GivesTheWholeSpec()
    {
        var result = Parse(Rest + """
            resources: {world_size: 2, max_parallel: 3}
            dedicated: {pool: gpu, queue: team-a, require_topology: example.org/block, prefer_topology: rack, kind: job_set, scheduler: volcano}
            """);

        Assert.Equal("", Text(result.Errors));
        Assert.Equal(
            new DedicatedSpec("gpu") { Queue = "team-a", RequireTopology = "example.org/block", PreferTopology = "rack", Kind = GangKind.JobSet, Scheduler = GangScheduler.Volcano },
            result.Spec!.Dedicated);
        Assert.Equal(new DedicatedSpec("gpu"), Parse(Rest + "resources: {max_parallel: 3}\ndedicated: gpu\n").Spec!.Dedicated);
    }

    [Fact]
    public void Parse_FaultyDedicated_ReportsAll()
    {
        var text = Text(Parse(Rest + """
            resources: {device_fraction: 0.5}
            dedicated: {queue: Team A, require_topology: "a b"}
            """).Errors);

        foreach (var fault in (string[])["dedicated: give resources.max_parallel", "dedicated: ranks with machines", "dedicated.pool: 'pool' is missing", "'Team A' is no name", "'a b' is no label"])
            Assert.Contains(fault, text, StringComparison.Ordinal);
    }

    [Fact]
    public void PoolFile_EveryKey_GivesTheWholePool()
    {
        var (pool, errors) = PoolFile.Parse("""
            queues:
              - {name: vision, weight: 2, quota: {cuda: 16}}
              - {name: urgent, class: 1, budget: {device_hours: 500, every: month}}
              - {name: slow, budget: {device_hours: 0.5}}
            capacity: {cuda: 64}
            preemption: off
            """);

        Assert.Empty(errors);
        Assert.Equal(["vision", "urgent", "slow"], pool!.Queues.Select(q => q.Name));
        Assert.Equal((2, 16), (pool.Queues[0].Weight, pool.Queues[0].Quota[DeviceKind.Cuda]));
        Assert.Equal((1, 64, false), (pool.Queues[1].Class, pool.Capacity[DeviceKind.Cuda], pool.Preemption));
        Assert.Equal([null, new QueueBudgetSpec(500, BudgetPeriod.Month), new QueueBudgetSpec(0.5)], pool.Queues.Select(q => q.Budget));
    }

    [Fact]
    public void PoolFile_Faults_AreAllReported()
    {
        var (pool, errors) = PoolFile.Parse("""
            queues:
              - {name: vision, weight: 0}
              - {name: vision}
              - {weight: 1}
              - {name: speech, budget: {every: year}}
            capcity: {cuda: 64}
            """);

        Assert.Null(pool);
        Assert.Equal(6, errors.Count);
        Assert.Contains(errors, e => e.Message.Contains("'device_hours' is missing", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Message.Contains("'year' is not known", StringComparison.Ordinal));
    }
}
