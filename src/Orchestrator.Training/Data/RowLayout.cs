using TorchSharp;

namespace Orchestrator.Training.Data;

/// <summary>The tensor form of one row.</summary>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Its dimensions, without that of the batch; empty for one element.</param>
public sealed record RowLayout(torch.ScalarType Type, IReadOnlyList<long> Shape)
{
    /// <summary>Elements of a row.</summary>
    public int Elements { get; } = (int)Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>Bytes of a row.</summary>
    public int Bytes => Elements * (Type == torch.ScalarType.Int64 ? sizeof(long) : sizeof(float));
}
