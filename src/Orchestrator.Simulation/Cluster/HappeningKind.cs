namespace Orchestrator.Simulation.Cluster;

/// <summary>What can happen in a simulation.</summary>
internal enum HappeningKind
{
    /// <summary>A run ends an epoch.</summary>
    EpochEnds,

    /// <summary>A sweep is submitted.</summary>
    SweepComes,

    /// <summary>All that is submitted at one time has been: now gangs are formed.</summary>
    PlacementDue,

    /// <summary>A worker dies.</summary>
    WorkerDies,

    /// <summary>The lease of a dead worker is over.</summary>
    DeathNoticed,

    /// <summary>A worker is withdrawn.</summary>
    WorkerWithdrawn,

    /// <summary>A worker comes back.</summary>
    WorkerComes,

    /// <summary>A minute has passed.</summary>
    Minute,
}
