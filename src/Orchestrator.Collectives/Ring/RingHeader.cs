using System.Buffers;

namespace Orchestrator.Collectives.Ring;

/// <summary>What a received RingChunk says of itself.</summary>
internal readonly record struct RingHeader(ulong Call, ulong Step, ulong Offset, ReadOnlySequence<byte> Data);
