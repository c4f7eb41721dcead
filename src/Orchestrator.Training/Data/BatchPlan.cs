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
    /// <summary>A Poisson batch is larger than its mean by more standard deviations than this less often than once in 10^14 batches.</summary>
    private const double Deviations = 8;

    private readonly int? _samples;

    /// <summary>How rows are chosen.</summary>
    internal RowSampling Sampling { get; init; }

    /// <summary>Rows of an epoch; of Poisson batches, their mean.</summary>
    internal int Samples
    {
        get => _samples ?? Rows;
        init => _samples = value;
    }

    /// <summary>Batches of an epoch.</summary>
    internal int BatchesPerEpoch => (Samples + BatchSize - 1) / BatchSize;

    /// <summary>Probability of a row to be in a Poisson batch.</summary>
    internal double SamplingRate => Math.Min(1, (double)BatchSize / Rows);

    /// <summary>Most rows that a rank has in a batch.</summary>
    internal int LargestShare => (LargestBatch + WorldSize - 1) / WorldSize;

    private int LargestBatch => Sampling == RowSampling.Poisson
        ? (int)Math.Min(Rows, BatchSize + (Deviations * Math.Sqrt(BatchSize)) + Deviations)
        : BatchSize;

    /// <summary>Chooses the rows of an epoch's batches.</summary>
    internal void Draw(int epoch, EpochBatches batches)
    {
        var seed = RandomSeeds.Of(Seed, RandomPurpose.DataOrder, epoch);
        switch (Sampling)
        {
            case RowSampling.Shuffled:
                Permutation.Fill(batches.Split(Samples, BatchSize), seed);
                break;
            case RowSampling.WithReplacement:
                DrawEach(batches.Split(Samples, BatchSize), SplitMix64.ForStream(seed, 0));
                break;
            case RowSampling.Poisson:
                batches.Clear();
                for (var batch = 0; batch < BatchesPerEpoch; batch++)
                    DrawBatch(batches, SplitMix64.ForStream(seed, batch));
                break;
        }
    }

    /// <summary>This rank's share of a batch: positions in the global batch.</summary>
    /// <param name="globalCount">Rows of the global batch.</param>
    internal (int Start, int Count) Share(long globalCount)
    {
        var start = (int)(globalCount * Rank / WorldSize);
        return (start, (int)(globalCount * (Rank + 1) / WorldSize) - start);
    }

    private void DrawEach(Span<int> rows, SplitMix64 generator)
    {
        foreach (ref var row in rows)
            row = (int)generator.NextBelow((ulong)Rows);
    }

    private void DrawBatch(EpochBatches batches, SplitMix64 generator)
    {
        var (rate, left) = (SamplingRate, LargestBatch);
        for (var row = 0; row < Rows && left > 0; row++)
        {
            if (generator.NextDouble() >= rate) continue;
            batches.Add(row);
            left--;
        }
        batches.End();
    }
}
