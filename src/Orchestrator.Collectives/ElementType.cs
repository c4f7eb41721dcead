namespace Orchestrator.Collectives;

/// <summary>Type of the elements of a <see cref="ReduceBuffer"/>.</summary>
public enum ElementType
{
    /// <summary>IEEE 754 single precision, 4 bytes.</summary>
    Float32 = 0,

    /// <summary>IEEE 754 double precision, 8 bytes.</summary>
    Float64 = 1,
}
