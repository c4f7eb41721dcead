using System.Runtime.InteropServices;
using Orchestrator.Training.Data;
using TorchSharp;

namespace Orchestrator.Training.Tests.Data;

/// <summary>Row i has the input i and the label 2 i; reading row <paramref name="poison"/> fails.</summary>
internal sealed class CountingDataset(int count, int poison = -1) : IDataset
{
    public int Count => count;

    public RowLayout Inputs { get; } = new(torch.ScalarType.Float32, [1]);

    public RowLayout Labels { get; } = new(torch.ScalarType.Int64, []);

    public void CopyRows(ReadOnlySpan<int> rows, Span<byte> inputs, Span<byte> labels)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] == poison)
                throw new InvalidDataException("poisoned");
            MemoryMarshal.Cast<byte, float>(inputs)[i] = rows[i];
            MemoryMarshal.Cast<byte, long>(labels)[i] = 2 * rows[i];
        }
    }
}
