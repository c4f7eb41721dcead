using Orchestrator.Domain.Experiments;

namespace Orchestrator.Simulation.Cluster;

/// <summary>An attempt that runs.</summary>
internal sealed class SimulatedRun(SimulatedExperiment experiment, Trial trial, int[] workers)
{
    public SimulatedExperiment Experiment { get; } = experiment;

    public Trial Trial { get; } = trial;

    public int Attempt { get; } = trial.Attempt;

    /// <summary>The indexes of its workers.</summary>
    public int[] Workers { get; } = workers;

    public int Epoch { get; set; }

    public int Epochs { get; init; }

    public long Sequence { get; set; }

    public double EpochSeconds { get; init; }

    public double Floor { get; init; }

    /// <summary>Whether a worker of it is dead: it makes no more progress.</summary>
    public bool IsStalled { get; set; }

    public bool IsOver { get; set; }
}
