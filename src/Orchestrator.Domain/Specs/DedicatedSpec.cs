namespace Orchestrator.Domain.Specs;

/// <summary>
/// Each gang of the experiment gets machines of its own from the cluster, which has them back when its trial is over, in the place of workers that stay up
/// between trials.
/// </summary>
/// <param name="Pool">The pool whose machines they are like.</param>
public sealed record DedicatedSpec(string Pool)
{
    /// <summary>The cluster's own queue that gangs wait in; null: none.</summary>
    public string? Queue { get; init; }

    /// <summary>The level of the cluster's topology, by its label, that a gang has to be within; null: anywhere.</summary>
    public string? RequireTopology { get; init; }

    /// <summary>The level that it should be within, where that is free; null: anywhere.</summary>
    public string? PreferTopology { get; init; }

    /// <summary>What a gang is to the cluster.</summary>
    public GangKind Kind { get; init; }

    /// <summary>Who places all of a gang's ranks or none.</summary>
    public GangScheduler Scheduler { get; init; }
}
