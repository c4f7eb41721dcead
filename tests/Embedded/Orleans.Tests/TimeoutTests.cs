using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Tests.Support;

namespace Orleans.Tests;

public sealed class TimeoutTests
{
    internal interface ISlow : IGrainWithStringKey
    {
        Task Wait(string gate);
        [ResponseTimeout("00:00:02")] Task WaitBriefly(string gate);
        Task WaitForToken(string gate, CancellationToken token);
        Task CallThrough(ISlow other);
        Task CallBack(ISlow back);
        Task<int> Quick();
    }

    internal sealed class SlowGrain : Grain, ISlow
    {
        public async Task Wait(string gate)
        {
            Gates.Open($"{gate} entered");
            await Gates.Opened(gate);
        }

        public Task WaitBriefly(string gate) => Wait(gate);

        public async Task WaitForToken(string gate, CancellationToken token)
        {
            Gates.Open($"{gate} entered");
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }
            finally
            {
                Gates.Open($"{gate} cancelled");
            }
        }

        public Task CallThrough(ISlow other) => other.CallBack(this.AsReference<ISlow>());
        public Task CallBack(ISlow back) => back.WaitBriefly("never");

        public Task<int> Quick() => Task.FromResult(1);
    }

    private static Task<TestSilo> StartAsync() =>
        TestSilo.StartAsync(b => b.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(10)));

    [Fact]
    public async Task Call_ThatTakesTooLong_TimesOut_AndTheGrainGoesOn()
    {
        await using var silo = await StartAsync();
        var gate = Guid.NewGuid().ToString();
        var grain = silo.Grains.GetGrain<ISlow>(gate);
        var call = grain.Wait(gate);
        await Gates.Opened($"{gate} entered");

        silo.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(call.IsCompleted);
        silo.Time.Advance(TimeSpan.FromSeconds(0.2));

        var error = await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Contains("Wait on slow/" + gate, error.Message, StringComparison.Ordinal);
        Gates.Open(gate);
        Assert.Equal(1, await grain.Quick().WaitAsync(TestSilo.Patience));
    }

    [Fact]
    public async Task ResponseTimeoutAttribute_ReplacesTheDefault()
    {
        await using var silo = await StartAsync();
        var gate = Guid.NewGuid().ToString();
        var call = silo.Grains.GetGrain<ISlow>(gate).WaitBriefly(gate);
        await Gates.Opened($"{gate} entered");

        silo.Time.Advance(TimeSpan.FromSeconds(2.1));

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        Gates.Open(gate);
    }

    [Fact]
    public async Task Call_ThatTimedOutWhileItWaited_IsNotRun()
    {
        await using var silo = await StartAsync();
        var gate = Guid.NewGuid().ToString();
        var grain = silo.Grains.GetGrain<ISlow>(gate);
        var running = grain.Wait(gate);
        await Gates.Opened($"{gate} entered");
        var waiting = grain.Wait($"{gate} 2");

        silo.Time.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync<TimeoutException>(() => running);
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
        Gates.Open(gate);

        await grain.Quick().WaitAsync(TestSilo.Patience);
        Assert.False(Gates.IsOpen($"{gate} 2 entered"));
    }

    [Fact]
    public async Task CancellationToken_OfTheCaller_ReachesTheGrain()
    {
        await using var silo = await StartAsync();
        var gate = Guid.NewGuid().ToString();
        using var source = new CancellationTokenSource();
        var call = silo.Grains.GetGrain<ISlow>(gate).WaitForToken(gate, source.Token);
        await Gates.Opened($"{gate} entered");

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Gates.Opened($"{gate} cancelled");
    }

    [Fact]
    public async Task Timeout_CancelsTheTokenOfTheCall()
    {
        await using var silo = await StartAsync();
        var gate = Guid.NewGuid().ToString();
        var call = silo.Grains.GetGrain<ISlow>(gate).WaitForToken(gate, CancellationToken.None);
        await Gates.Opened($"{gate} entered");

        silo.Time.Advance(TimeSpan.FromSeconds(11));

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        await Gates.Opened($"{gate} cancelled");
    }

    [Fact]
    public async Task CallCycle_IsLoggedAtOnce_AndNamedByTheTimeout()
    {
        await using var silo = await StartAsync();
        var key = Guid.NewGuid().ToString();
        var (a, b) = (silo.Grains.GetGrain<ISlow>($"{key}A"), silo.Grains.GetGrain<ISlow>($"{key}B"));
        var cycle = $"slow/{key}B -> slow/{key}A -> slow/{key}B";
        var call = a.CallThrough(b);
        await silo.Log.Warned(cycle).WaitAsync(TestSilo.Patience);

        silo.Time.Advance(TimeSpan.FromSeconds(2.1));

        var error = await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Contains(cycle, error.Message, StringComparison.Ordinal);
    }
}
