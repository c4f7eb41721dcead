using Orleans.Runtime;
using Orleans.Tests.Support;

namespace Orleans.Tests;

public sealed class TimerTests
{
    internal interface ITicking : IGrainWithStringKey
    {
        Task Start(TimeSpan due, TimeSpan period);
        Task Stop();
        Task<int> Ticks();
        Task Change(TimeSpan due, TimeSpan period);
        Task Leave();
        Task LeaveAfter(string gate);
        Task BlockWhile(string gate);
    }

    internal sealed class TickingGrain : Grain, ITicking
    {
        private IGrainTimer? _timer;
        private int _ticks;

        public Task Start(TimeSpan due, TimeSpan period)
        {
            _timer = this.RegisterGrainTimer(
                static async (grain, token) =>
                {
                    await Task.Yield();
                    grain._ticks++;
                    Gates.Open($"{grain.GetPrimaryKeyString()} {grain._ticks}");
                    if (grain._ticks == 2) throw new InvalidOperationException("the second tick fails");
                },
                this, new GrainTimerCreationOptions(due, period));
            return Task.CompletedTask;
        }

        public Task Stop()
        {
            _timer!.Dispose();
            return Task.CompletedTask;
        }

        public Task<int> Ticks() => Task.FromResult(_ticks);

        public Task Change(TimeSpan due, TimeSpan period)
        {
            _timer!.Change(due, period);
            return Task.CompletedTask;
        }

        public override Task OnActivateAsync(CancellationToken cancellationToken)
        {
            var key = this.GetPrimaryKeyString();
            Gates.Open(Gates.IsOpen($"{key} active") ? $"{key} active again" : $"{key} active");
            return Task.CompletedTask;
        }

        public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
        {
            Gates.Open($"{this.GetPrimaryKeyString()} left");
            return Task.CompletedTask;
        }

        public async Task LeaveAfter(string gate)
        {
            DeactivateOnIdle();
            Gates.Open($"{gate} entered");
            await Gates.Opened(gate);
        }

        public Task Leave()
        {
            DeactivateOnIdle();
            return Task.CompletedTask;
        }

        public async Task BlockWhile(string gate)
        {
            Gates.Open($"{gate} entered");
            await Gates.Opened(gate);
        }
    }

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Timer_TicksByTheInjectedClock_AndSurvivesAFailedTick()
    {
        await using var silo = await TestSilo.StartAsync();
        var key = Guid.NewGuid().ToString();
        var grain = silo.Grains.GetGrain<ITicking>(key);
        await grain.Start(5 * Second, 2 * Second);

        silo.Time.Advance(4.9 * Second);
        Assert.Equal(0, await grain.Ticks());
        silo.Time.Advance(0.2 * Second);
        for (var tick = 1; tick <= 4; tick++)
        {
            await Gates.Opened($"{key} {tick}");
            Assert.Equal(tick, await grain.Ticks());
            silo.Time.Advance(2 * Second);
        }
    }

    [Fact]
    public async Task Timer_WithoutPeriod_TicksOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        var key = Guid.NewGuid().ToString();
        var grain = silo.Grains.GetGrain<ITicking>(key);
        await grain.Start(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await Gates.Opened($"{key} 1");
        Assert.Equal(1, await grain.Ticks());

        silo.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await grain.Ticks());
        await grain.Change(Second, Timeout.InfiniteTimeSpan);
        silo.Time.Advance(Second);
        await Gates.Opened($"{key} 2");
    }

    [Fact]
    public async Task Timer_ThatIsDisposed_TicksNoMore()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ITicking>(Guid.NewGuid().ToString());
        await grain.Start(Second, Second);
        await grain.Stop();

        silo.Time.Advance(10 * Second);

        Assert.Equal(0, await grain.Ticks());
    }

    [Fact]
    public async Task Timer_EndsWithItsActivation()
    {
        await using var silo = await TestSilo.StartAsync();
        var key = Guid.NewGuid().ToString();
        var grain = silo.Grains.GetGrain<ITicking>(key);
        await grain.Start(Second, Second);
        await grain.Leave();
        Assert.Equal(0, await grain.Ticks().WaitAsync(TestSilo.Patience));

        silo.Time.Advance(10 * Second);

        Assert.Equal(0, await grain.Ticks());
        Assert.False(Gates.IsOpen($"{key} 1"));
    }

    [Fact]
    public async Task Tick_ThatWaitsWhenItsActivationEnds_DoesNotBringTheGrainBack()
    {
        await using var silo = await TestSilo.StartAsync();
        var key = Guid.NewGuid().ToString();
        var grain = silo.Grains.GetGrain<ITicking>(key);
        await grain.Start(Second, Second);
        var call = grain.LeaveAfter(key);
        await Gates.Opened($"{key} entered");
        silo.Time.Advance(Second);

        Gates.Open(key);
        await call.WaitAsync(TestSilo.Patience);
        await silo.StopAsync().WaitAsync(TestSilo.Patience);

        Assert.True(Gates.IsOpen($"{key} left"));
        Assert.False(Gates.IsOpen($"{key} active again"));
    }

    [Fact]
    public async Task Tick_WaitsForTheRunningCall()
    {
        await using var silo = await TestSilo.StartAsync();
        var key = Guid.NewGuid().ToString();
        var grain = silo.Grains.GetGrain<ITicking>(key);
        await grain.Start(Second, Second);
        var call = grain.BlockWhile(key);
        await Gates.Opened($"{key} entered");

        silo.Time.Advance(Second);
        Assert.False(Gates.IsOpen($"{key} 1"));
        Gates.Open(key);

        await call.WaitAsync(TestSilo.Patience);
        await Gates.Opened($"{key} 1");
    }
}
