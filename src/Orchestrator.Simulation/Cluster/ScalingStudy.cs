using Orchestrator.Domain.Specs;

namespace Orchestrator.Simulation.Cluster;

/// <summary>
/// How many configurations a sweep evaluates in a given time as workers are added: linear for asynchronous successive halving, whose trials never
/// wait for one another (Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020).
/// </summary>
public static class ScalingStudy
{
    private static readonly int[] Steps = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];

    /// <summary>Simulates the sweeps without a bound on trials for a fixed time on growing clusters.</summary>
    /// <param name="plan">Its cluster is the biggest one.</param>
    /// <param name="time">The time on each cluster.</param>
    /// <param name="progress">Told each cluster that is done; null: nobody.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static IReadOnlyList<ScalingPoint> Run(SimulationPlan plan, TimeSpan time, Action<int>? progress, CancellationToken cancellationToken)
    {
        List<ScalingPoint> points = [];
        foreach (var workers in Steps.Where(s => s < plan.Cluster.Workers).Append(plan.Cluster.Workers))
        {
            var result = new ClusterSimulation(plan with
            {
                Cluster = plan.Cluster with { Workers = workers },
                Horizon = time,
                Sweeps = [.. plan.Sweeps.Select(s => s with { Spec = s.Spec with { Budget = new BudgetSpec() } })],
            }).Run(null, cancellationToken);
            var evaluated = result.Trials.Where(t => t.Key is "completed" or "stopped").Sum(t => t.Value);
            var first = points.Count > 0 ? points[0] : null;
            var speedup = first is null || first.Evaluated == 0 ? 1 : evaluated / (double)first.Evaluated;
            points.Add(new ScalingPoint(workers, evaluated, result.Trials.GetValueOrDefault("completed"), result.BestLoss, speedup, speedup / workers * (first?.Workers ?? workers)));
            progress?.Invoke(workers);
        }
        return points;
    }
}
