namespace Orchestrator.Tasks.Tests.Elastic;

/// <summary>What becomes of a rank in the all-reduce in which its group breaks.</summary>
internal enum Fate
{
    /// <summary>It gets the result, and learns in its next call that the group is broken.</summary>
    Succeeds,

    /// <summary>It gets an error in the place of the result.</summary>
    Fails,

    /// <summary>It is gone after it gave its part.</summary>
    Dies,
}
