using Orchestrator.Collectives.SharedMemory;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Collectives.Tests.SharedMemory;

/// <summary>What is shared memory's alone; what it promises like every other kind is in <see cref="ProcessGroupTests"/> and <see cref="FailureTests"/>.</summary>
public sealed class SharedTransportTests
{
    [Theory]
    [InlineData(CollectiveKind.Auto, true)]
    [InlineData(CollectiveKind.Gloo, false)]
    public async Task Form_OnOneHost_SharesMemoryIfItMay(CollectiveKind kind, bool shares)
    {
        await using var ranks = await TestRanks.FormAsync(kind, 2);

        Assert.All(ranks.Groups, group => Assert.Equal(shares, ((ProcessGroup)group).Transport is SharedTransport));
    }

    [Fact]
    public async Task Form_UnderDifferentAddresses_GoesOverTheNetwork()
    {
        await using var ranks = await TestRanks.StartAsync(2);
        Uri[] peers = [ranks.Workers[0].Address, new UriBuilder(ranks.Workers[1].Address) { Host = "localhost" }.Uri];

        var groups = await Task.WhenAll(Enumerable.Range(0, 2).Select(rank => ranks.CreateAsync(ranks.Options(CollectiveKind.Auto, rank) with { Peers = peers })));

        Assert.All(groups, group => Assert.IsNotType<SharedTransport>(((ProcessGroup)group).Transport));
        await Task.WhenAll(groups.Select(group => group.DisposeAsync().AsTask())).WaitAsync(TestRanks.Limit);
    }

    /// <summary>The root is done with the one and writes for the other while a slower rank still reads what they combined.</summary>
    [Fact]
    public async Task Broadcast_RightAfterAnAllReduce_LeavesItsResults()
    {
        await using var ranks = await TestRanks.FormAsync(CollectiveKind.Auto, 3);
        var wrong = 0;
        await ranks.EachAsync(async group =>
        {
            for (var round = 1; round <= 300; round++)
            {
                var sums = GC.AllocateUninitializedArray<double>(SharedSegment.LaneBytes / sizeof(double) / 16, pinned: true);
                var sent = GC.AllocateUninitializedArray<double>(sums.Length, pinned: true);
                Array.Fill(sums, round);
                Array.Fill(sent, -1);
                var reduced = group.AllReduceAsync(ReduceBuffer.From(sums)).AsTask();
                await Task.WhenAll(reduced, group.BroadcastAsync(ReduceBuffer.From(sent), 0).AsTask());
                // Both are looked at, which keeps them from the collector until here: a view does not.
                Interlocked.Add(ref wrong, sums.Count(sum => sum != 3 * round) + sent.Count(value => value != -1));
            }
        });
        Assert.Equal(0, wrong);
    }

    /// <summary>Lengths around those at which a lane is full, and a share ends.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AllReduce_LengthsAroundALane_CombinesEveryElementOnce(int worldSize)
    {
        await using var ranks = await TestRanks.FormAsync(CollectiveKind.Auto, worldSize);
        const int lane = SharedSegment.LaneBytes / sizeof(float);
        foreach (var count in (int[])[15, 16, 17, 31, 33, lane - 16 * worldSize, lane - 1, lane, lane + 1, 2 * lane + 7])
        {
            await ranks.EachAsync(async group =>
            {
                var values = GC.AllocateUninitializedArray<float>(count, pinned: true);
                for (var i = 0; i < count; i++)
                    values[i] = i % 1000 + group.Rank;
                await group.AllReduceAsync(ReduceBuffer.From(values));
                for (var i = 0; i < count; i++)
                    Assert.Equal(worldSize * (i % 1000) + worldSize * (worldSize - 1) / 2, values[i]);
            });
        }
    }
}
