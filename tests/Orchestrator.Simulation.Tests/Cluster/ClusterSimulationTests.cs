using System.Text.Json;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Simulation.Cluster;

namespace Orchestrator.Simulation.Tests.Cluster;

public sealed class ClusterSimulationTests
{
    private static readonly TrainingModel Training = new(TimeSpan.FromMinutes(1), 9);

    [Fact]
    public void Run_ManyTrials_EndsEachOnce()
    {
        var result = Run(new ClusterModel(20), Sweep(500));

        Assert.Equal(500, result.Trials["completed"] + result.Trials["stopped"]);
        Assert.Equal(500, result.Attempts);
        Assert.Equal(0, result.StillWaiting);
        Assert.InRange(result.Utilisation, 0.9, 1.0001);
    }

    [Fact]
    public void Run_SamePlan_GivesTheSame()
    {
        var cluster = new ClusterModel(20) { MeanTimeToFailure = TimeSpan.FromHours(2), Stragglers = 0.1 };

        Assert.Equal(JsonSerializer.Serialize(Run(cluster, Sweep(200))), JsonSerializer.Serialize(Run(cluster, Sweep(200))));
    }

    [Fact]
    public void Run_WorkersDieAndAreWithdrawn_EveryTrialStillEnds()
    {
        var cluster = new ClusterModel(24) { MeanTimeToFailure = TimeSpan.FromHours(1), MeanTimeToPreemption = TimeSpan.FromHours(1) };

        var result = Run(cluster, Sweep(100, worldSize: 4));

        Assert.True(result is { FailedWorkers: > 0, WithdrawnWorkers: > 0 });
        Assert.True(result.Attempts > 100);
        Assert.Equal(100, result.Trials.Values.Sum());
        Assert.DoesNotContain(result.Trials, t => t.Key is "waiting" or "running");
    }

    [Fact]
    public void Run_TwoTeams_ShareByWeightOverAnyHour()
    {
        var plan = new SimulationPlan(new ClusterModel(60), Training, [Sweep(8000, queue: "red"), Sweep(8000, queue: "blue")])
        {
            Pool = new PoolSpec { Queues = [new QueueSpec("red") { Weight = 2 }, new QueueSpec("blue")] },
            Horizon = TimeSpan.FromHours(5),
        };

        var result = new ClusterSimulation(plan).Run(null, CancellationToken.None);

        Assert.True(result.Hours > 100);
        Assert.InRange(result.WorstHour!.Value, 0, 0.02);
    }

    [Fact]
    public void Run_BigGangsAmongSmallOnes_AllGetTheirTurn()
    {
        var result = Run(new ClusterModel(32), Sweep(2000), Sweep(10, worldSize: 32));

        Assert.Equal(2010, result.Trials["completed"] + result.Trials["stopped"]);
        Assert.Equal(10, result.Waits.Single(w => w.WorldSize == 32).Gangs);
    }

    [Fact]
    public void Run_GangBiggerThanTheCluster_FailsInsteadOfWaiting()
    {
        var result = Run(new ClusterModel(4), Sweep(10, worldSize: 8));

        Assert.Empty(result.Trials);
        Assert.InRange(result.Time, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void ScalingStudy_Asha_IsLinear()
    {
        var points = ScalingStudy.Run(new SimulationPlan(new ClusterModel(50), Training, [Sweep(1)]), TimeSpan.FromHours(3), null, CancellationToken.None);

        Assert.Equal([1, 2, 5, 10, 25, 50], points.Select(p => p.Workers));
        Assert.InRange(points[^1].Efficiency, 0.8, 1.5);
    }

    private static SimulationResult Run(ClusterModel cluster, params SimulatedSweep[] sweeps) => new ClusterSimulation(new SimulationPlan(cluster, Training, sweeps)).Run(null, CancellationToken.None);

    private static SimulatedSweep Sweep(int trials, int worldSize = 1, string queue = "default") => new(
        new ExperimentSpec
        {
            Name = $"{queue}-{worldSize}",
            Task = "simulated",
            Metric = new MetricSpec("loss", Goal.Minimize),
            Parameters = [new ParameterSpec("x", new Distribution.Uniform(0, 1)), new ParameterSpec("epochs", new Distribution.Constant(ParameterValue.Of(9L)))],
            EarlyTerminate = new EarlyTerminateSpec.Asha(MaxResource: 9),
            Resources = new ResourcesSpec(worldSize, DeviceKind.Cuda),
            Queue = queue,
            Budget = new BudgetSpec(trials),
            Seed = 3,
        },
        TimeSpan.Zero);
}
