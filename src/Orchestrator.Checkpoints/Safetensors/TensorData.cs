namespace Orchestrator.Checkpoints.Safetensors;

/// <summary>A tensor to write: elements in host memory, row-major, little-endian.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="DataType">Type of its elements.</param>
/// <param name="Shape">Its dimensions; empty for a scalar.</param>
/// <param name="Data">Its elements.</param>
public sealed record TensorData(string Name, TensorDataType DataType, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data);
