using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Tests.Support;

namespace Orleans.Tests;

public sealed class LifecycleTests
{
    internal interface ILiving : IGrainWithStringKey
    {
        Task<Guid> Identity();
        Task Leave();
        Task LeaveThenWait(string gate);
        Task Wait(string gate);
    }

    internal sealed class LivingGrain : Grain, ILiving, IDisposable
    {
        private readonly Guid _identity = Guid.NewGuid();
        private bool _isActive;

        public override async Task OnActivateAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            var key = this.GetPrimaryKeyString();
            if (key.StartsWith("broken", StringComparison.Ordinal)) throw new FormatException("cannot activate");
            if (key.StartsWith("restless", StringComparison.Ordinal)) DeactivateOnIdle();
            if (key.StartsWith("slow", StringComparison.Ordinal))
            {
                Gates.Open($"{key} entered");
                await Gates.Opened(key);
            }
            _isActive = true;
        }

        public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
        {
            await Task.Yield();
            Gates.Open($"{this.GetPrimaryKeyString()} {reason.ReasonCode}");
        }

        public Task<Guid> Identity() => _isActive ? Task.FromResult(_identity) : throw new InvalidOperationException("not activated yet");

        public Task Leave()
        {
            DeactivateOnIdle();
            return Task.CompletedTask;
        }

        public async Task LeaveThenWait(string gate)
        {
            DeactivateOnIdle();
            Gates.Open($"{gate} entered");
            await Gates.Opened(gate);
        }

        public async Task Wait(string gate)
        {
            Gates.Open($"{gate} entered");
            await Gates.Opened(gate);
        }

        public void Dispose() => Gates.Open($"{this.GetPrimaryKeyString()} disposed");
    }

    [Fact]
    public async Task Activation_LastsFromCallToCall()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ILiving>("lasting");

        Assert.Equal(await grain.Identity(), await silo.Grains.GetGrain<ILiving>("lasting").Identity());
    }

    [Fact]
    public async Task DeactivateOnIdle_EndsTheActivation_AndTheNextCallFindsANewOne()
    {
        await using var silo = await TestSilo.StartAsync();
        var key = Guid.NewGuid().ToString();
        var grain = silo.Grains.GetGrain<ILiving>(key);
        var before = await grain.Identity();

        await grain.Leave();

        Assert.NotEqual(before, await grain.Identity().WaitAsync(TestSilo.Patience));
        Assert.True(Gates.IsOpen($"{key} {nameof(DeactivationReasonCode.ApplicationRequested)}"));
        Assert.True(Gates.IsOpen($"{key} disposed"));
    }

    [Fact]
    public async Task DeactivateOnIdle_WaitsForTheRunningCall_AndForwardsTheRest()
    {
        await using var silo = await TestSilo.StartAsync();
        var key = Guid.NewGuid().ToString();
        var grain = silo.Grains.GetGrain<ILiving>(key);
        var before = await grain.Identity();
        var running = grain.LeaveThenWait(key);
        await Gates.Opened($"{key} entered");
        var after = grain.Identity();
        Assert.False(Gates.IsOpen($"{key} disposed"));

        Gates.Open(key);

        await running.WaitAsync(TestSilo.Patience);
        Assert.NotEqual(before, await after.WaitAsync(TestSilo.Patience));
    }

    [Fact]
    public async Task Activation_ThatFails_FailsItsCallsWithTheSameException()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ILiving>("broken");

        await Assert.ThrowsAsync<FormatException>(grain.Identity);
        await Assert.ThrowsAsync<FormatException>(grain.Identity);
    }

    [Fact]
    public async Task IdleActivation_IsCollectedAfterItsAge_AndABusyOneIsNot()
    {
        await using var silo = await TestSilo.StartAsync(b => b.Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromMinutes(5)));
        var (idle, busy) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        await silo.Grains.GetGrain<ILiving>(idle).Identity();
        var running = silo.Grains.GetGrain<ILiving>(busy).Wait(busy);
        await Gates.Opened($"{busy} entered");

        silo.Time.Advance(TimeSpan.FromMinutes(4));
        await silo.Grains.GetGrain<ILiving>(idle).Identity();
        silo.Time.Advance(TimeSpan.FromMinutes(4));
        await silo.Grains.GetGrain<ILiving>(idle).Identity();
        Assert.False(Gates.IsOpen($"{idle} disposed"));
        silo.Time.Advance(TimeSpan.FromMinutes(6));

        await Gates.Opened($"{idle} {nameof(DeactivationReasonCode.ActivationIdle)}");
        Assert.False(Gates.IsOpen($"{busy} disposed"));
        Gates.Open(busy);
        await Task.WhenAny(running);
    }

    [Fact]
    public async Task LongCall_CountsAsUseUntilItsEnd()
    {
        await using var silo = await TestSilo.StartAsync(b => b
            .Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromMinutes(5))
            .Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromHours(1)));
        var key = Guid.NewGuid().ToString();
        var grain = silo.Grains.GetGrain<ILiving>(key);
        var before = await grain.Identity();
        var running = grain.Wait(key);
        await Gates.Opened($"{key} entered");

        silo.Time.Advance(TimeSpan.FromMinutes(20));
        Gates.Open(key);
        await running.WaitAsync(TestSilo.Patience);
        silo.Time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal(before, await grain.Identity());
    }

    [Fact]
    public async Task GrainThatLeavesWheneverItIsActivated_IsGivenUp()
    {
        await using var silo = await TestSilo.StartAsync();

        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => silo.Grains.GetGrain<ILiving>("restless").Identity().WaitAsync(TestSilo.Patience));
    }

    [Fact]
    public async Task Stop_WhileAGrainIsActivated_RunsTheCallsThatWaitForIt()
    {
        var silo = await TestSilo.StartAsync();
        var key = $"slow {Guid.NewGuid()}";
        var grain = silo.Grains.GetGrain<ILiving>(key);
        Task[] calls = [grain.Identity(), grain.Identity(), grain.Identity()];
        await Gates.Opened($"{key} entered");

        var stop = silo.StopAsync();
        Gates.Open(key);

        await Task.WhenAll(calls).WaitAsync(TestSilo.Patience);
        await stop.WaitAsync(TestSilo.Patience);
        Assert.True(Gates.IsOpen($"{key} {nameof(DeactivationReasonCode.ShuttingDown)}"));
        await silo.DisposeAsync();
    }

    [Fact]
    public async Task Stop_WithoutPatience_SaysWhatIsLeft()
    {
        var silo = await TestSilo.StartAsync();
        var key = Guid.NewGuid().ToString();
        var running = silo.Grains.GetGrain<ILiving>(key).Wait(key);
        await Gates.Opened($"{key} entered");

        await silo.StopAsync(new CancellationToken(canceled: true)).WaitAsync(TestSilo.Patience);

        Assert.Contains(silo.Log.Warnings, w => w.Contains($"living/{key}", StringComparison.Ordinal));
        Gates.Open(key);
        await running.WaitAsync(TestSilo.Patience);
        await silo.DisposeAsync();
    }

    [Fact]
    public async Task Stop_LetsRunningCallsEnd_AndDeactivatesEveryGrain()
    {
        var silo = await TestSilo.StartAsync();
        var key = Guid.NewGuid().ToString();
        var grain = silo.Grains.GetGrain<ILiving>(key);
        var running = grain.Wait(key);
        await Gates.Opened($"{key} entered");
        var queued = grain.Identity();

        var stop = silo.StopAsync();
        Assert.False(stop.IsCompleted);
        Gates.Open(key);

        await running.WaitAsync(TestSilo.Patience);
        await queued.WaitAsync(TestSilo.Patience);
        await stop.WaitAsync(TestSilo.Patience);
        Assert.True(Gates.IsOpen($"{key} {nameof(DeactivationReasonCode.ShuttingDown)}"));
        await silo.DisposeAsync();
    }
}
