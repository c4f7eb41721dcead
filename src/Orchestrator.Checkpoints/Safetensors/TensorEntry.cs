namespace Orchestrator.Checkpoints.Safetensors;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="DataType">Type of its elements.</param>
/// <param name="Shape">Its dimensions; empty for a scalar.</param>
/// <param name="Offset">Bytes from the start of the file to its first element.</param>
/// <param name="Length">Bytes of its elements (row-major, little-endian).</param>
public sealed record TensorEntry(string Name, TensorDataType DataType, IReadOnlyList<long> Shape, long Offset, long Length);
