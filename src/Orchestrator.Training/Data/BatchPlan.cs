using Orchestrator.Domain.Randomness;
using Orchestrator.Training.Randomness;

namespace Orchestrator.Training.Data;

/// <summary>
/// Which rows make which batch: a function of seed, epoch and batch size alone. A rank takes its share of each global batch, so that the
/// world size changes who computes what, never what is computed.
/// </summary>
/// <param name="Rows">Rows of the training set.</param>
/// <param name="BatchSize">Rows of a global batch; the last batch of an epoch may have fewer.</param>
/// <param name="Seed">The trial's seed.</param>
/// <param name="Rank">This rank.</param>
/// <param name="WorldSize">Number of ranks.</param>
internal sealed record BatchPlan(int Rows, int BatchSize, long Seed, int Rank, int WorldSize)
{
    /// <summary>Rows of an epoch drawn at random with replacement; null: each row once.</summary>
    internal int? EpochRows { get; init; }

    /// <summary>Rows of an epoch.</summary>
    internal int Samples => EpochRows ?? Rows;

    /// <summary>Batches of an epoch.</summary>
    internal int BatchesPerEpoch => (Samples + BatchSize - 1) / BatchSize;

    /// <summary>Most rows that a rank has in a batch.</summary>
    internal int LargestShare => (BatchSize + WorldSize - 1) / WorldSize;

    /// <summary>Fills <paramref name="order"/> (<see cref="Samples"/> long) with the rows of an epoch, in order.</summary>
    internal void FillOrder(int epoch, Span<int> order)
    {
        var seed = RandomSeeds.Of(Seed, RandomPurpose.DataOrder, epoch);
        if (EpochRows is null)
            Permutation.Fill(order, seed);
        else
            Draw(order, SplitMix64.ForStream(seed, 0));
    }

    /// <summary>Rows of a global batch.</summary>
    internal int GlobalCount(int batch) => Math.Min(BatchSize, Samples - (batch * BatchSize));

    /// <summary>This rank's share of a batch: positions in the global batch.</summary>
    internal (int Start, int Count) Share(int batch)
    {
        long count = GlobalCount(batch);
        var start = (int)(count * Rank / WorldSize);
        return (start, (int)(count * (Rank + 1) / WorldSize) - start);
    }

    private void Draw(Span<int> order, SplitMix64 generator)
    {
        foreach (ref var row in order)
            row = (int)generator.NextBelow((ulong)Rows);
    }
}
