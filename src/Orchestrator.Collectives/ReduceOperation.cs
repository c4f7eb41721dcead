namespace Orchestrator.Collectives;

/// <summary>How an all-reduce combines the elements of two ranks.</summary>
public enum ReduceOperation
{
    /// <summary>Addition.</summary>
    Sum = 0,

    /// <summary>The greater of the two; NaN if either is NaN.</summary>
    Max = 1,

    /// <summary>The lesser of the two; NaN if either is NaN.</summary>
    Min = 2,
}
