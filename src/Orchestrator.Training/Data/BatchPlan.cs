using Orchestrator.Training.Randomness;

namespace Orchestrator.Training.Data;

/// <summary>
/// Which rows make which batch: a function of seed, epoch and batch size alone. A rank takes its share of each global batch, so that the
/// world size changes who computes what, never what is computed.
/// </summary>
/// <param name="Samples">Rows of the training set.</param>
/// <param name="BatchSize">Rows of a global batch; the last batch of an epoch may have fewer.</param>
/// <param name="Seed">The trial's seed.</param>
/// <param name="Rank">This rank.</param>
/// <param name="WorldSize">Number of ranks.</param>
internal sealed record BatchPlan(int Samples, int BatchSize, long Seed, int Rank, int WorldSize)
{
    /// <summary>Batches of an epoch.</summary>
    internal int BatchesPerEpoch => (Samples + BatchSize - 1) / BatchSize;

    /// <summary>Most rows that a rank has in a batch.</summary>
    internal int LargestShare => (BatchSize + WorldSize - 1) / WorldSize;

    /// <summary>Fills <paramref name="order"/> (<see cref="Samples"/> long) with the rows of an epoch, in order.</summary>
    internal void FillOrder(int epoch, Span<int> order) => Permutation.Fill(order, RandomSeeds.Of(Seed, RandomPurpose.DataOrder, epoch));

    /// <summary>Rows of a global batch.</summary>
    internal int GlobalCount(int batch) => Math.Min(BatchSize, Samples - (batch * BatchSize));

    /// <summary>This rank's share of a batch: positions in the global batch.</summary>
    internal (int Start, int Count) Share(int batch)
    {
        long count = GlobalCount(batch);
        var start = (int)(count * Rank / WorldSize);
        return (start, (int)(count * (Rank + 1) / WorldSize) - start);
    }
}
