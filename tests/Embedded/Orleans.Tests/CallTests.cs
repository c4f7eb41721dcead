using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Tests.Support;

namespace Orleans.Tests;

public sealed class CallTests
{
    internal interface IEcho : IGrainWithStringKey
    {
        Task<string> Key();
        Task<int> Add(int a, int b);
        ValueTask<long> Sum(int a, long b, short c, byte d, int e, int f, int g, int h, int i);
        ValueTask Nothing();
        Task Throw(string message);
        Task ThrowBeforeTask();
        Task<int> Cancelled();
        [OneWay] Task Tell(string gate);
        Task<IEcho> Self();
        Task<string> CallOther(IEcho other);
        Task<string> SchedulerAfterAwaits();
    }

    internal sealed class EchoGrain : Grain, IEcho
    {
        public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());
        public Task<int> Add(int a, int b) => Task.FromResult(a + b);
        public ValueTask<long> Sum(int a, long b, short c, byte d, int e, int f, int g, int h, int i) => new(a + b + c + d + e + f + g + h + i);
        public async ValueTask Nothing() => await Task.Yield();

        public async Task Throw(string message)
        {
            await Task.Yield();
            throw new CustomException(message);
        }

        public Task ThrowBeforeTask() => throw new CustomException("at once");
        public Task<int> Cancelled() => Task.FromCanceled<int>(new CancellationToken(true));

        public Task Tell(string gate)
        {
            Gates.Open(gate);
            throw new CustomException("nobody hears this");
        }

        public Task<IEcho> Self() => Task.FromResult(this.AsReference<IEcho>());
        public Task<string> CallOther(IEcho other) => other.Key();

        public async Task<string> SchedulerAfterAwaits()
        {
            var before = TaskScheduler.Current;
            await Task.Yield();
            await Task.Run(() => { });
            var started = await Task.Factory.StartNew(() => TaskScheduler.Current);
            return $"{before != TaskScheduler.Default} {before == TaskScheduler.Current} {before == started}";
        }
    }

    internal sealed class CustomException(string message) : Exception(message);

    internal interface INumbered : IGrainWithIntegerKey
    {
        Task<long> Number();
    }

    internal sealed class NumberedGrain : Grain, INumbered
    {
        public Task<long> Number() => Task.FromResult(this.GetPrimaryKeyLong());
    }

    internal interface IGuided : IGrainWithGuidKey
    {
        Task<Guid> Guid();
    }

    internal sealed class GuidedGrain : Grain, IGuided
    {
        public Task<Guid> Guid() => Task.FromResult(this.GetPrimaryKey());
    }

    [Fact]
    public async Task Call_ByEveryKindOfKey_ReachesTheGrainOfThatKey()
    {
        await using var silo = await TestSilo.StartAsync();
        var guid = Guid.NewGuid();

        Assert.Equal("a key", await silo.Grains.GetGrain<IEcho>("a key").Key());
        Assert.Equal(-5, await silo.Grains.GetGrain<INumbered>(-5).Number());
        Assert.Equal(guid, await silo.Grains.GetGrain<IGuided>(guid).Guid());
    }

    [Fact]
    public async Task Call_OfEveryShape_ReturnsItsResult()
    {
        await using var silo = await TestSilo.StartAsync();
        var echo = silo.Grains.GetGrain<IEcho>("shapes");

        Assert.Equal(5, await echo.Add(2, 3));
        Assert.Equal(45, await echo.Sum(1, 2, 3, 4, 5, 6, 7, 8, 9));
        await echo.Nothing();
        Assert.Equal(echo, await echo.Self());
        Assert.Equal("other", await echo.CallOther(silo.Grains.GetGrain<IEcho>("other")));
    }

    [Fact]
    public async Task Call_ThatThrows_KeepsTypeAndMessage()
    {
        await using var silo = await TestSilo.StartAsync();
        var echo = silo.Grains.GetGrain<IEcho>("throws");

        Assert.Equal("boom", (await Assert.ThrowsAsync<CustomException>(() => echo.Throw("boom"))).Message);
        Assert.Equal("at once", (await Assert.ThrowsAsync<CustomException>(echo.ThrowBeforeTask)).Message);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(echo.Cancelled);
        Assert.Equal(3, await echo.Add(1, 2));
    }

    [Fact]
    public async Task OneWayCall_ThatThrows_IsLoggedAndNotSeenByTheCaller()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = Guid.NewGuid().ToString();

        await silo.Grains.GetGrain<IEcho>("one way").Tell(gate);
        await Gates.Opened(gate);
        await silo.StopAsync();

        Assert.Contains(silo.Log.Warnings, w => w.Contains("one-way", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Await_InAGrain_ComesBackToItsScheduler()
    {
        await using var silo = await TestSilo.StartAsync();

        Assert.Equal("True True True", await silo.Grains.GetGrain<IEcho>("scheduler").SchedulerAfterAwaits());
    }

    [Fact]
    public async Task GetGrain_WithoutImplementation_SaysSo()
    {
        await using var silo = await TestSilo.StartAsync();

        var error = Assert.Throws<ArgumentException>(() => silo.Grains.GetGrain<IUnimplemented>("x"));
        Assert.Contains(nameof(IUnimplemented), error.Message, StringComparison.Ordinal);
    }

    internal interface IUnimplemented : IGrainWithStringKey;

    [Fact]
    public async Task Call_AfterStop_IsRefused()
    {
        var silo = await TestSilo.StartAsync();
        var echo = silo.Grains.GetGrain<IEcho>("late");
        await echo.Key();
        await silo.StopAsync();

        await Assert.ThrowsAsync<SiloUnavailableException>(echo.Key);
        await silo.DisposeAsync();
    }
}
