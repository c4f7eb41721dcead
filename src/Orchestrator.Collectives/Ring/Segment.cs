namespace Orchestrator.Collectives.Ring;

/// <summary>A part of a buffer, in bytes from its start.</summary>
internal readonly record struct Segment(long Offset, long Length);
