namespace Orchestrator.Placement;

/// <summary>What a gang waits for.</summary>
public enum WaitCause
{
    /// <summary>There are devices for it, and others come first.</summary>
    Turn,

    /// <summary>Too few devices are free.</summary>
    Devices,

    /// <summary>Enough devices are free, but not enough memory of their hosts.</summary>
    Memory,

    /// <summary>Enough devices are free, but not near enough to one another.</summary>
    Topology,

    /// <summary>Its queue has all that its quota allows.</summary>
    Quota,

    /// <summary>Its queue has used its budget up.</summary>
    Budget,

    /// <summary>The pool has too few devices, free or not; more workers may still join.</summary>
    Workers,

    /// <summary>It can never fit.</summary>
    Never,
}
