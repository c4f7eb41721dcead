using Orchestrator.Domain.Specs;

namespace Orchestrator.Collectives.Tests;

/// <summary>Runs alone: it looks at what the whole process allocates.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    [Theory]
    [InlineData(CollectiveKind.Auto)]
    [InlineData(CollectiveKind.Gloo)]
    public async Task AllReduce_InTheSteadyState_AllocatesNothing(CollectiveKind kind)
    {
        const int Calls = 200;
        await using var ranks = await TestRanks.FormAsync(kind, 2);
        var buffers = ranks.Groups.Select(_ => GC.AllocateArray<float>(10_000, pinned: true)).ToArray();
        await CallAsync(50);
        // What a call allocates is in every round; what else happens in the process is not.
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await CallAsync(Calls);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        // The runtime's own timers and the two loops below allocate a little, whatever the number of calls.
        Assert.InRange(least / (Calls * ranks.Groups.Count), 0, 40);

        Task CallAsync(int calls) => ranks.EachAsync(async group =>
        {
            for (var call = 0; call < calls; call++)
                await group.AllReduceAsync(ReduceBuffer.From(buffers[group.Rank]));
        });
    }
}
