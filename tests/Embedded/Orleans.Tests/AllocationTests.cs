using Orleans.Tests.Support;

namespace Orleans.Tests;

/// <summary>Bytes allocated for each call by the silo, caller and callee together: the budget is 300. Runs alone, because it counts the whole process's.</summary>
[Collection(AloneCollection.Name)]
public sealed class AllocationTests
{
    private const int Calls = 20_000;
    private const long Budget = 300;

    internal interface ICounted : IGrainWithIntegerKey
    {
        Task<int> Ping(int value);
        Task CallOther(ICounted other, int calls);
    }

    internal sealed class CountedGrain : Grain, ICounted
    {
        // Kept, so that what is counted is what the silo allocates.
        private readonly Task<int> _answer = Task.FromResult(42);

        public Task<int> Ping(int value) => _answer;

        public async Task CallOther(ICounted other, int calls)
        {
            for (var i = 0; i < calls; i++) await other.Ping(i);
        }
    }

    [Fact]
    public async Task Call_FromClient_StaysInBudget()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ICounted>(1);
        var bytes = await MeasureAsync(async () =>
        {
            for (var i = 0; i < Calls; i++) await grain.Ping(i);
        });
        Assert.InRange(bytes, 1, Budget);
    }

    [Fact]
    public async Task Call_FromGrain_StaysInBudget()
    {
        await using var silo = await TestSilo.StartAsync();
        var (grain, other) = (silo.Grains.GetGrain<ICounted>(1), silo.Grains.GetGrain<ICounted>(2));
        var bytes = await MeasureAsync(() => grain.CallOther(other, Calls));
        Assert.InRange(bytes, 1, Budget);
    }

    private static async Task<long> MeasureAsync(Func<Task> calls)
    {
        // Code that is not optimized yet allocates more.
        for (var i = 0; i < 4; i++) await calls().WaitAsync(TestSilo.Patience);
        // What a call allocates is in every round; what else happens in the process is not.
        var least = long.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await calls().WaitAsync(TestSilo.Patience);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        return least / Calls;
    }
}
