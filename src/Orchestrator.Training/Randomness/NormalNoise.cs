using System.Runtime.InteropServices;
using Orchestrator.Domain.Randomness;

namespace Orchestrator.Training.Randomness;

/// <summary>
/// Standard normal numbers by row: a row's numbers depend on the seed and the row's index alone, so that ranks draw only their own rows
/// of a global batch. Box, Muller: A Note on the Generation of Random Normal Deviates, 1958.
/// </summary>
internal static class NormalNoise
{
    private const float Resolution = 1f / (1 << 24);

    /// <summary>Fills consecutive rows.</summary>
    /// <param name="destination">The rows, one after the other.</param>
    /// <param name="rowLength">Numbers of a row.</param>
    /// <param name="seed">Seed of the rows.</param>
    /// <param name="firstRow">Index of the first row.</param>
    internal static void Fill(Span<float> destination, int rowLength, long seed, long firstRow)
    {
        for (var row = 0; row * rowLength < destination.Length; row++)
            FillRow(destination.Slice(row * rowLength, rowLength), SplitMix64.ForStream(seed, firstRow + row));
    }

    private static void FillRow(Span<float> row, SplitMix64 generator)
    {
        foreach (ref var pair in MemoryMarshal.Cast<float, (float First, float Second)>(row))
            pair = NextPair(ref generator);
        if (row.Length % 2 != 0)
            row[^1] = NextPair(ref generator).First;
    }

    private static (float First, float Second) NextPair(ref SplitMix64 generator)
    {
        var bits = generator.NextUInt64();
        var radius = MathF.Sqrt(-2 * MathF.Log(((uint)(bits >> 40) + 1) * Resolution)); // the logarithm's argument is in (0, 1]
        var (sine, cosine) = MathF.SinCos(2 * MathF.PI * (uint)(bits & 0xFFFFFF) * Resolution);
        return (radius * cosine, radius * sine);
    }
}
