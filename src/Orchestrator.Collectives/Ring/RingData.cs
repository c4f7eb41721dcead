namespace Orchestrator.Collectives.Ring;

/// <summary>A RingChunk (collectives.proto) whose data stays where it is: in the caller's buffer on the way out.</summary>
internal sealed class RingData
{
    public long Call { get; set; }

    public int Step { get; set; }

    public long Offset { get; set; }

    /// <summary>Address of the data.</summary>
    public nint Address { get; set; }

    /// <summary>Length of the data in bytes.</summary>
    public int Length { get; set; }
}
