namespace Orchestrator.Grains.Contracts;

/// <summary>What became of a deletion.</summary>
public enum DeletionOutcome
{
    /// <summary>Nothing of the experiment is left, but what was to be kept.</summary>
    Deleted,

    /// <summary>There is no such experiment.</summary>
    Unknown,

    /// <summary>It can't be deleted as it is.</summary>
    Refused,

    /// <summary>Workers still write for it: ask again in a moment.</summary>
    Held,
}
