using Orchestrator.Training.Data;

namespace Orchestrator.Training.Tests.Data;

public sealed class BatchPlanTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Share_OfAllRanks_IsTheGlobalBatch(int worldSize)
    {
        for (var batch = 0; batch < 4; batch++)
        {
            var next = 0;
            for (var rank = 0; rank < worldSize; rank++)
            {
                var plan = Plan(rank, worldSize);
                var (start, count) = plan.Share(Sizes(plan)[batch]);
                Assert.Equal(next, start);
                Assert.InRange(count, 0, plan.LargestShare);
                next += count;
            }

            Assert.Equal(Sizes(Plan(0, 1))[batch], next);
        }
    }

    [Fact]
    public void Draw_OfTheLastBatch_IsTheRest()
    {
        var plan = Plan(0, 1);
        Assert.Equal(4, plan.BatchesPerEpoch);
        Assert.Equal([32, 32, 32, 4], Sizes(plan));
    }

    [Fact]
    public void Draw_OfAnyRank_DependsOnSeedAndEpochAlone()
    {
        Assert.Equal(Order(Plan(0, 1), 3), Order(Plan(2, 4), 3));
        Assert.NotEqual(Order(Plan(0, 1), 3), Order(Plan(0, 1), 4));
        Assert.NotEqual(Order(Plan(0, 1), 3), Order(Plan(0, 1) with { Seed = 6 }, 3));
        Assert.Equal(Enumerable.Range(0, 100), Order(Plan(0, 1), 3).Order());
    }

    private static BatchPlan Plan(int rank, int worldSize) => new(100, 32, 5, rank, worldSize);

    [Fact]
    public void Draw_WithReplacement_TakesRowsAgain()
    {
        var plan = Plan(0, 1) with { Sampling = RowSampling.WithReplacement, Samples = 320 };

        Assert.Equal(10, plan.BatchesPerEpoch);
        Assert.Equal(320, Order(plan, 0).Length);
        Assert.All(Order(plan, 0), row => Assert.InRange(row, 0, 99));
        Assert.Equal(Order(plan, 0), Order(plan with { Rank = 2, WorldSize = 4 }, 0));
        Assert.NotEqual(Order(plan, 0), Order(plan, 1));
    }

    /// <summary>Row and batch are independent: over many batches each row is in its share of them, and the sizes spread as a binomial distribution's.</summary>
    [Fact]
    public void Draw_Poisson_EachRowIsInEachBatchWithTheSamplingRate()
    {
        const int Epochs = 1000;
        var plan = Plan(0, 1) with { Sampling = RowSampling.Poisson };
        var (hits, sizes) = (new int[100], new List<int>());
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            foreach (var row in Order(plan, epoch)) hits[row]++;
            sizes.AddRange(Sizes(plan, epoch));
        }

        Assert.Equal(4 * Epochs, sizes.Count);
        Assert.All(hits, count => Assert.InRange(count, 1280 - 150, 1280 + 150)); // five standard deviations of 30
        Assert.Equal(32, sizes.Average(), 0.5);
        Assert.Equal(100 * 0.32 * 0.68, sizes.Average(size => (size - 32.0) * (size - 32.0)), 2.5);
        Assert.All(sizes, size => Assert.InRange(size, 0, plan.LargestShare));
        Assert.Equal(Order(plan, 3), Order(plan with { Rank = 2, WorldSize = 4 }, 3));
    }

    private static int[] Order(BatchPlan plan, int epoch) => [.. Batches(plan, epoch).SelectMany(rows => rows)];

    private static int[] Sizes(BatchPlan plan, int epoch = 0) => [.. Batches(plan, epoch).Select(rows => rows.Length)];

    private static List<int[]> Batches(BatchPlan plan, int epoch)
    {
        var batches = new EpochBatches();
        plan.Draw(epoch + 1, batches); // what was there before does not matter
        plan.Draw(epoch, batches);
        return [.. Enumerable.Range(0, batches.Count).Select(batch => batches[batch].ToArray())];
    }
}
