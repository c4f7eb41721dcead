using System.Runtime.InteropServices;

namespace Orchestrator.Collectives.SharedMemory;

/// <summary>What one rank tells the others, in cache lines of its own. Only that rank writes here, but for <see cref="Sleepers"/>.</summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal struct RankLine
{
    public const int Bytes = 256;

    /// <summary>How many meetings the rank has come to; wraps around.</summary>
    [FieldOffset(0)]
    public int Arrived;

    /// <summary>How many threads sleep until <see cref="Arrived"/> changes; one that was killed in its sleep counts for ever, which costs the rank a system call at each meeting.</summary>
    [FieldOffset(4)]
    public int Sleepers;

    /// <summary>The rank's call, if its sequence is even.</summary>
    [FieldOffset(64)]
    public SharedCall Even;

    /// <summary>The rank's call, if its sequence is odd: a rank may announce a call while another one still looks at the one before.</summary>
    [FieldOffset(128)]
    public SharedCall Odd;
}
