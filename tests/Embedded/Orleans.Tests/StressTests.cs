using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Tests.Support;

namespace Orleans.Tests;

/// <summary>Requests are pooled: whatever ends a call, its caller must get its own answer and nobody else's.</summary>
public sealed class StressTests
{
    internal interface IStressed : IGrainWithIntegerKey
    {
        Task<long> Echo(long value, int yields);
        ValueTask<string> Text(string value, int yields);
        Task<long> EchoWithToken(long value, int yields, CancellationToken token);
        Task<long> Relay(IStressed next, long value, int yields);
        [AlwaysInterleave] Task<long> Hold(long value, string gate);
        Task Leave();
    }

    internal sealed class StressedGrain : Grain, IStressed
    {
        public async Task<long> Echo(long value, int yields)
        {
            for (var i = 0; i < yields; i++) await Task.Yield();
            return value;
        }

        public async ValueTask<string> Text(string value, int yields)
        {
            for (var i = 0; i < yields; i++) await Task.Yield();
            return value;
        }

        public async Task<long> EchoWithToken(long value, int yields, CancellationToken token)
        {
            for (var i = 0; i < yields; i++) await Task.Yield();
            token.ThrowIfCancellationRequested();
            return value;
        }

        public Task<long> Relay(IStressed next, long value, int yields) => next.Echo(value, yields);

        public async Task<long> Hold(long value, string gate)
        {
            await Gates.Opened(gate);
            return value;
        }

        public Task Leave()
        {
            DeactivateOnIdle();
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Calls_OfEveryKindAtOnce_GetTheirOwnAnswers(int seed)
    {
        await using var silo = await TestSilo.StartAsync(b => b.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromMilliseconds(50)));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => CallAsync(silo, seed, i)))).WaitAsync(TestSilo.Patience);

        Assert.DoesNotContain(silo.Log.Warnings, w => w.Contains("is broken", StringComparison.Ordinal));
        Assert.True(outcomes.Sum(o => o.Answered) > 0);
        Assert.True(outcomes.All(o => o.TimedOut > 0));
        Assert.Equal(16 * 1000, outcomes.Sum(o => o.Answered + o.TimedOut + o.Cancelled));
    }

    private static async Task<(int Answered, int TimedOut, int Cancelled)> CallAsync(TestSilo silo, int seed, int caller)
    {
#pragma warning disable RS0030 // seeded
        var random = new Random((seed * 1000) + caller);
#pragma warning restore RS0030
        var (answered, timedOut, cancelled) = (0, 0, 0);
        for (var i = 0; i < 1000; i++)
        {
            var grain = silo.Grains.GetGrain<IStressed>(random.Next(8));
            // Time passes while others call, so that some calls time out at the very moment that they are answered.
            silo.Time.Advance(TimeSpan.FromMilliseconds(random.Next(20)));
            var value = (caller * 1_000_000L) + i;
            try
            {
                await CallOnceAsync(silo, grain, silo.Grains.GetGrain<IStressed>(100 + random.Next(8)), random, value);
                answered++;
            }
            catch (TimeoutException)
            {
                timedOut++;
            }
            catch (OperationCanceledException)
            {
                cancelled++;
            }
        }
        return (answered, timedOut, cancelled);
    }

    private static async Task CallOnceAsync(TestSilo silo, IStressed grain, IStressed next, Random random, long value)
    {
        var yields = random.Next(4);
        switch (random.Next(6))
        {
            case 0:
                Assert.Equal(value, await grain.Echo(value, yields));
                break;
            case 1:
                Assert.Equal($"{value}", await grain.Text($"{value}", yields));
                break;
            case 2:
                Assert.Equal(value, await grain.Relay(next, value, yields));
                break;
            case 3:
                using (var source = new CancellationTokenSource())
                {
                    var call = grain.EchoWithToken(value, yields, source.Token);
                    if (random.Next(2) == 0) await source.CancelAsync();
                    Assert.Equal(value, await call);
                }
                break;
            case 4:
                await HoldUntilTimeOutAsync(silo, grain, value);
                break;
            default:
                await grain.Leave();
                break;
        }
    }

    /// <summary>Its answer comes when nobody waits for it any more, and other calls may use what it used.</summary>
    private static async Task HoldUntilTimeOutAsync(TestSilo silo, IStressed grain, long value)
    {
        var gate = Guid.NewGuid().ToString();
        var call = grain.Hold(value, gate);
        while (!call.IsCompleted)
        {
            silo.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
        Gates.Open(gate);
        await call;
    }
}
