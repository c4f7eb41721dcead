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
                var (start, count) = plan.Share(batch);
                Assert.Equal(next, start);
                Assert.InRange(count, 0, plan.LargestShare);
                next += count;
            }

            Assert.Equal(Plan(0, 1).GlobalCount(batch), next);
        }
    }

    [Fact]
    public void GlobalCount_OfTheLastBatch_IsTheRest()
    {
        var plan = Plan(0, 1);
        Assert.Equal(4, plan.BatchesPerEpoch);
        Assert.Equal([32, 32, 32, 4], Enumerable.Range(0, 4).Select(plan.GlobalCount));
    }

    [Fact]
    public void FillOrder_OfAnyRank_DependsOnSeedAndEpochAlone()
    {
        Assert.Equal(Order(Plan(0, 1), 3), Order(Plan(2, 4), 3));
        Assert.NotEqual(Order(Plan(0, 1), 3), Order(Plan(0, 1), 4));
        Assert.NotEqual(Order(Plan(0, 1), 3), Order(Plan(0, 1) with { Seed = 6 }, 3));
        Assert.Equal(Enumerable.Range(0, 100), Order(Plan(0, 1), 3).Order());
    }

    private static BatchPlan Plan(int rank, int worldSize) => new(100, 32, 5, rank, worldSize);

    private static int[] Order(BatchPlan plan, int epoch)
    {
        var order = new int[plan.Samples];
        plan.FillOrder(epoch, order);
        return order;
    }
}
