using Orchestrator.Domain.Specs;

namespace Orchestrator.Collectives.Tests;

/// <summary>What every kind of group promises.</summary>
public sealed class ProcessGroupTests
{
    public static TheoryData<CollectiveKind, int> KindsAndSizes
    {
        get
        {
            var cases = new TheoryData<CollectiveKind, int>();
            foreach (var kind in Enum.GetValues<CollectiveKind>())
            {
                for (var worldSize = 2; worldSize <= 4; worldSize++)
                    cases.Add(kind, worldSize);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndSizes))]
    public async Task AllReduce_Float32Sum_IsTheSumOfAllRanks(CollectiveKind kind, int worldSize)
    {
        await using var ranks = await TestRanks.FormAsync(kind, worldSize);
        foreach (var count in (int[])[0, 1, 3, 1000, 100_003, 1_000_000])
        {
            var inputs = Enumerable.Range(0, worldSize).Select(rank => Values(rank, count)).ToArray();
            var results = new float[worldSize][];
            await ranks.EachAsync(async group =>
            {
                var values = results[group.Rank] = GC.AllocateUninitializedArray<float>(count, pinned: true);
                inputs[group.Rank].CopyTo(values, 0);
                await group.AllReduceAsync(ReduceBuffer.From(values));
            });
            for (var i = 0; i < count; i++)
            {
                var expected = inputs.Sum(input => (double)input[i]);
                var scale = inputs.Sum(input => Math.Abs((double)input[i]));
                Assert.True(Math.Abs(results[0][i] - expected) <= 1e-6 * scale, $"element {i} of {count}: {results[0][i]}, expected {expected}");
            }
            Assert.All(results, result => Assert.Equal(results[0], result));
        }
    }

    /// <summary>In the upstream build the process has a libtorch of another version, which must be the only one.</summary>
    [Fact]
    public async Task AllReduce_Gloo_LoadsNoLibtorch()
    {
        await using var ranks = await TestRanks.FormAsync(CollectiveKind.Gloo, 2);
        float[][] buffers = [.. ranks.Groups.Select(_ => GC.AllocateArray<float>(8, pinned: true))];
        await ranks.EachAsync(group => group.AllReduceAsync(ReduceBuffer.From(buffers[group.Rank])).AsTask());
        GC.KeepAlive(buffers);

        var loaded = await File.ReadAllTextAsync("/proc/self/maps");

        Assert.Contains("libgloo", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("libtorch", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("libc10", loaded, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KindsAndSizes))]
    public async Task AllReduce_Float64EachOperation_IsExact(CollectiveKind kind, int worldSize)
    {
        await using var ranks = await TestRanks.FormAsync(kind, worldSize);
        foreach (var operation in Enum.GetValues<ReduceOperation>())
        {
            await ranks.EachAsync(async group =>
            {
                var values = GC.AllocateUninitializedArray<double>(5000, pinned: true);
                for (var i = 0; i < values.Length; i++)
                    values[i] = (i + group.Rank) % worldSize - 1;
                await group.AllReduceAsync(ReduceBuffer.From(values), operation);
                double expected = operation switch
                {
                    ReduceOperation.Sum => worldSize * (worldSize - 1) / 2 - worldSize,
                    ReduceOperation.Max => worldSize - 2,
                    _ => -1,
                };
                Assert.Equal(-1, values.AsSpan().IndexOfAnyExcept(expected));
            });
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndSizes))]
    public async Task AllReduce_SeveralIssuedAtOnce_EachGetsItsOwnSum(CollectiveKind kind, int worldSize)
    {
        await using var ranks = await TestRanks.FormAsync(kind, worldSize);
        await ranks.EachAsync(async group =>
        {
            var buckets = Enumerable.Range(0, 20).Select(bucket => GC.AllocateUninitializedArray<float>(1 + bucket * 10_000, pinned: true)).ToArray();
            for (var round = 0; round < 3; round++)
            {
                List<ValueTask> pending = [];
                for (var bucket = 0; bucket < buckets.Length; bucket++)
                {
                    Array.Fill(buckets[bucket], bucket + group.Rank);
                    pending.Add(group.AllReduceAsync(ReduceBuffer.From(buckets[bucket])));
                }
                foreach (var task in pending)
                    await task;
                for (var bucket = 0; bucket < buckets.Length; bucket++)
                    Assert.Equal(-1, buckets[bucket].AsSpan().IndexOfAnyExcept(bucket * worldSize + worldSize * (worldSize - 1) / 2));
            }
        });
    }

    [Theory]
    [MemberData(nameof(KindsAndSizes))]
    public async Task Broadcast_FromEachRoot_CopiesToAll(CollectiveKind kind, int worldSize)
    {
        await using var ranks = await TestRanks.FormAsync(kind, worldSize);
        for (var root = 0; root < worldSize; root++)
        {
            await ranks.EachAsync(async group =>
            {
                var values = GC.AllocateUninitializedArray<float>(300_000, pinned: true);
                Values(group.Rank, values.Length).CopyTo(values, 0);
                await group.BroadcastAsync(ReduceBuffer.From(values), root);
                Assert.Equal(Values(root, values.Length), values);
            });
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndSizes))]
    public async Task Barrier_OneRankLate_HoldsTheOthers(CollectiveKind kind, int worldSize)
    {
        await using var ranks = await TestRanks.FormAsync(kind, worldSize);
        var early = ranks.Groups.Skip(1).Select(group => group.BarrierAsync().AsTask()).ToArray();
        Assert.All(early, barrier => Assert.False(barrier.IsCompleted));
        await ranks.Groups[0].BarrierAsync();
        await Task.WhenAll(early).WaitAsync(TestRanks.Limit);
    }

    [Theory]
    [MemberData(nameof(KindsAndSizes))]
    public async Task AllReduce_Repeated_GivesTheSameBits(CollectiveKind kind, int worldSize)
    {
        float[]? first = null;
        for (var run = 0; run < 2; run++)
        {
            await using var ranks = await TestRanks.FormAsync(kind, worldSize);
            await ranks.EachAsync(async group =>
            {
                var values = GC.AllocateUninitializedArray<float>(200_001, pinned: true);
                Values(group.Rank, values.Length).CopyTo(values, 0);
                await group.AllReduceAsync(ReduceBuffer.From(values));
                Interlocked.CompareExchange(ref first, values, null);
                Assert.Equal(first, values);
            });
        }
    }

    private static float[] Values(int rank, int count)
    {
        var random = new Random(1000 + rank);
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = random.NextSingle() * 2 - 1;
        return values;
    }
}
