using System.Runtime.CompilerServices;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Tests.Support;

namespace Orleans.Tests;

public sealed class StreamTests
{
    internal interface ISource : IGrainWithStringKey
    {
        IAsyncEnumerable<int> Count(int to, CancellationToken token = default);
        IAsyncEnumerable<string> Gated(string gate, CancellationToken token = default);
        IAsyncEnumerable<int> Failing(int after);
        Task<int> Produced();
        Task Leave();
    }

    internal sealed class SourceGrain : Grain, ISource
    {
        private int _produced;

        public async IAsyncEnumerable<int> Count(int to, [EnumeratorCancellation] CancellationToken token = default)
        {
            for (var i = 0; i < to; i++)
            {
                _produced++;
                if (i % 3 == 0) await Task.Yield();
                yield return i;
            }
        }

        public async IAsyncEnumerable<string> Gated(string gate, [EnumeratorCancellation] CancellationToken token = default)
        {
            try
            {
                yield return "first";
                await Gates.Opened(gate).WaitAsync(token);
                yield return "second";
            }
            finally
            {
                Gates.Open($"{gate} closed");
            }
        }

        public async IAsyncEnumerable<int> Failing(int after)
        {
            for (var i = 0; i < after; i++) yield return i;
            await Task.Yield();
            throw new FormatException("in the middle");
        }

        public Task<int> Produced() => Task.FromResult(_produced);

        public Task Leave()
        {
            DeactivateOnIdle();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Elements_ArriveInOrder_AndTheGrainProducesNoMoreThanAsked()
    {
        await using var silo = await TestSilo.StartAsync();
        var source = silo.Grains.GetGrain<ISource>("count");

        var all = new List<int>();
        await foreach (var i in source.Count(1000)) all.Add(i);
        Assert.Equal(Enumerable.Range(0, 1000), all);

        await foreach (var i in source.Count(1000).WithBatchSize(1))
            if (i == 4) break;
        Assert.InRange(await source.Produced(), 1005, 1007);
    }

    [Fact]
    public async Task Grain_CanBeCalledBetweenElements_AndLeavingTheLoopEndsTheIterator()
    {
        await using var silo = await TestSilo.StartAsync();
        var source = silo.Grains.GetGrain<ISource>("gated");
        var gate = Guid.NewGuid().ToString();

        await foreach (var element in source.Gated(gate))
        {
            Assert.Equal("first", element);
            Assert.Equal(0, await source.Produced());
            break;
        }

        await Gates.Opened($"{gate} closed");
    }

    [Fact]
    public async Task SlowElement_OutlastsTheResponseTimeout()
    {
        var asked = 0;
        await using var silo = await TestSilo.StartAsync(b => b.AddIncomingGrainCallFilter(async context =>
        {
            var call = context.Invoke();
            Gates.Open($"{context.TargetId.Key} asked {Interlocked.Increment(ref asked)}");
            await call;
        }));
        var gate = Guid.NewGuid().ToString();
        await using var elements = silo.Grains.GetGrain<ISource>(gate).Gated(gate).GetAsyncEnumerator();
        Assert.True(await elements.MoveNextAsync());
        var second = elements.MoveNextAsync().AsTask();
        for (var i = 2; i < 10; i++)
        {
            await Gates.Opened($"{gate} asked {i}");
            silo.Time.Advance(TimeSpan.FromSeconds(15));
        }

        Gates.Open(gate);

        Assert.True(await second.WaitAsync(TestSilo.Patience));
        Assert.Equal("second", elements.Current);
        Assert.False(await elements.MoveNextAsync());
    }

    [Fact]
    public async Task Exception_ComesAfterTheElementsBeforeIt()
    {
        await using var silo = await TestSilo.StartAsync();
        var seen = 0;

        var error = await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (var i in silo.Grains.GetGrain<ISource>("failing").Failing(3)) seen++;
        });

        Assert.Equal((3, "in the middle"), (seen, error.Message));
    }

    [Fact]
    public async Task Cancellation_EndsTheEnumeration()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = Guid.NewGuid().ToString();
        using var source = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in silo.Grains.GetGrain<ISource>("cancelled").Gated(gate, source.Token)) await source.CancelAsync();
        });

        await Gates.Opened($"{gate} closed");
    }

    [Fact]
    public async Task Deactivation_AbortsTheEnumeration()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ISource>("leaving");

        await Assert.ThrowsAsync<EnumerationAbortedException>(async () =>
        {
            await foreach (var _ in grain.Count(100).WithBatchSize(1)) await grain.Leave();
        });
    }
}
