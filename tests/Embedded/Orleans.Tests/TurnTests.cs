using Orleans.Concurrency;
using Orleans.Tests.Support;

namespace Orleans.Tests;

public sealed class TurnTests
{
    internal interface ITurns : IGrainWithStringKey
    {
        Task Wait(string gate);
        [ReadOnly] Task<int> ReadAndWait(string gate);
        [AlwaysInterleave] Task Pass();
        Task<int> Step(int delay);
        Task<int> Overlaps();
    }

    internal abstract class TurnsBase : Grain, ITurns
    {
        private int _inside;
        private int _overlaps;
        private int _steps;

        public async Task Wait(string gate)
        {
            Gates.Open($"{gate} entered");
            await Gates.Opened(gate);
        }

        public async Task<int> ReadAndWait(string gate)
        {
            Gates.Open($"{gate} entered");
            await Gates.Opened(gate);
            return 0;
        }

        public Task Pass() => Task.CompletedTask;

        public async Task<int> Step(int delay)
        {
            if (Interlocked.Increment(ref _inside) != 1) _overlaps++;
            for (var i = 0; i < delay; i++)
            {
                // Whatever interleaves, two turns never run at the same time.
                _steps++;
                Interlocked.Decrement(ref _inside);
                await Task.Yield();
                if (Interlocked.Increment(ref _inside) != 1) _overlaps++;
            }
            Interlocked.Decrement(ref _inside);
            return _steps;
        }

        public Task<int> Overlaps() => Task.FromResult(_overlaps);
    }

    internal interface IExclusive : ITurns;
    internal sealed class ExclusiveGrain : TurnsBase, IExclusive;
    internal interface IShared : ITurns;
    [Reentrant] internal sealed class SharedGrain : TurnsBase, IShared;

    [Fact]
    public async Task Turns_OfAReentrantGrain_InterleaveButNeverOverlap()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IShared>("busy");

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => grain.Step(i % 20))).WaitAsync(TestSilo.Patience);

        Assert.Equal(0, await grain.Overlaps());
        Assert.Equal(200 / 20 * 190, await grain.Step(0));
    }

    [Fact]
    public async Task Call_WhileAnotherRuns_WaitsForItsEnd()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IExclusive>("one at a time");
        var gate = Guid.NewGuid().ToString();
        var running = grain.Wait(gate);
        await Gates.Opened($"{gate} entered");

        var second = grain.Wait($"{gate} 2");
        await grain.Pass(); // came later and has run, so the second had its chance
        Assert.False(Gates.IsOpen($"{gate} 2 entered"));

        Gates.Open(gate);
        await running.WaitAsync(TestSilo.Patience);
        await Gates.Opened($"{gate} 2 entered");
        Gates.Open($"{gate} 2");
        await second.WaitAsync(TestSilo.Patience);
    }

    [Fact]
    public async Task ReentrantGrain_StartsACallWhileAnotherRuns()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IShared>("reentrant");
        var gate = Guid.NewGuid().ToString();
        var running = grain.Wait(gate);
        await Gates.Opened($"{gate} entered");

        Assert.Equal(0, await grain.Step(0).WaitAsync(TestSilo.Patience));
        Gates.Open(gate);
        await running.WaitAsync(TestSilo.Patience);
    }

    [Fact]
    public async Task ReadOnlyCalls_RunTogether_ButNotBesideAWriter()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IExclusive>("readers");
        var gate = Guid.NewGuid().ToString();
        var first = grain.ReadAndWait(gate);
        await Gates.Opened($"{gate} entered");
        var writer = grain.Wait($"{gate} writer");
        var second = grain.ReadAndWait($"{gate} second");
        await Gates.Opened($"{gate} second entered");
        Assert.False(Gates.IsOpen($"{gate} writer entered"));

        Gates.Open(gate);
        Gates.Open($"{gate} second");
        await Task.WhenAll(first, second).WaitAsync(TestSilo.Patience);
        await Gates.Opened($"{gate} writer entered");
        Gates.Open($"{gate} writer");
        await writer.WaitAsync(TestSilo.Patience);
    }

    [Fact]
    public async Task LongQueue_ThatIsReleased_RunsToItsEnd()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IExclusive>("long queue");
        var gate = Guid.NewGuid().ToString();
        var running = grain.Wait(gate);
        await Gates.Opened($"{gate} entered");
        var queue = Enumerable.Range(0, 100_000).Select(_ => grain.Step(0)).ToList();
        await grain.Pass();

        Gates.Open(gate);

        await running.WaitAsync(TestSilo.Patience);
        await Task.WhenAll(queue).WaitAsync(TestSilo.Patience);
    }

    [Fact]
    public async Task Calls_FromOneCaller_RunInOrder()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IOrdered>("order");

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(grain.Append)).WaitAsync(TestSilo.Patience);

        Assert.Equal(Enumerable.Range(0, 1000), await grain.All());
    }

    internal interface IOrdered : IGrainWithStringKey
    {
        Task Append(int value);
        Task<List<int>> All();
    }

    internal sealed class OrderedGrain : Grain, IOrdered
    {
        private readonly List<int> _values = [];

        public async Task Append(int value)
        {
            if (value % 7 == 0) await Task.Yield();
            _values.Add(value);
        }

        public Task<List<int>> All() => Task.FromResult(_values);
    }
}
