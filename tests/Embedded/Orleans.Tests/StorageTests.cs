using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Tests.Support;

namespace Orleans.Tests;

public sealed class StorageTests
{
    internal interface ICounting : IGrainWithStringKey
    {
        Task<int> Read();
        Task Set(int value);
        Task Write();
        Task Clear();
        Task Leave();
    }

    public sealed class CounterState
    {
        public int Value { get; set; }
    }

    internal sealed class CounterGrain([PersistentState("counter", "memory")] IPersistentState<CounterState> state) : Grain, ICounter
    {
        public Task<int> Read() => Task.FromResult(state.State.Value);

        public Task Set(int value)
        {
            state.State.Value = value;
            return Task.CompletedTask;
        }

        public Task Write() => state.WriteStateAsync();
        public Task Clear() => state.ClearStateAsync();

        public Task Leave()
        {
            DeactivateOnIdle();
            return Task.CompletedTask;
        }
    }

    internal interface ICounter : ICounting;
    internal interface IOldStyle : ICounting;

    [StorageProvider(ProviderName = "memory")]
    internal sealed class OldStyleGrain : Grain<CounterState>, IOldStyle
    {
        public Task<int> Read() => Task.FromResult(State.Value);

        public Task Set(int value)
        {
            State = new CounterState { Value = value };
            return Task.CompletedTask;
        }

        public Task Write() => WriteStateAsync();
        public Task Clear() => ClearStateAsync();

        public Task Leave()
        {
            DeactivateOnIdle();
            return Task.CompletedTask;
        }
    }

    internal interface IMisconfigured : IGrainWithStringKey
    {
        Task Touch();
    }

    internal sealed class MisconfiguredGrain([PersistentState("s", "nowhere")] IPersistentState<CounterState> state) : Grain, IMisconfigured
    {
        public Task Touch() => state.WriteStateAsync();
    }

    [Fact]
    public Task State_ThatWasWritten_OutlivesTheActivation() => OutlivesAsync<ICounter>();

    [Fact]
    public Task StateOfGrainOfT_ThatWasWritten_OutlivesTheActivation() => OutlivesAsync<IOldStyle>();

    private static async Task OutlivesAsync<T>() where T : ICounting
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<T>("durable");
        await grain.Set(7);
        await grain.Write();
        await grain.Set(8);
        await grain.Leave();

        Assert.Equal(7, await grain.Read().WaitAsync(TestSilo.Patience));
        await grain.Clear();
        Assert.Equal(0, await grain.Read());
        await grain.Leave();
        Assert.Equal(0, await grain.Read().WaitAsync(TestSilo.Patience));
    }

    [Fact]
    public async Task Write_WithAnOldETag_FailsAndEndsTheActivation()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<ICounter>("contested");
        await grain.Set(1);
        await grain.Write();
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>("memory");
        var other = new GrainState<CounterState>(new CounterState());
        await storage.ReadStateAsync("counter", grain.GetGrainId(), other);
        other.State.Value = 99;
        await storage.WriteStateAsync("counter", grain.GetGrainId(), other);
        await grain.Set(2);

        var error = await Assert.ThrowsAsync<InconsistentStateException>(grain.Write);

        Assert.Equal(other.ETag, error.StoredEtag);
        Assert.Equal(99, await grain.Read().WaitAsync(TestSilo.Patience));
    }

    [Fact]
    public async Task Storage_ThatIsMissing_IsNamed()
    {
        await using var silo = await TestSilo.StartAsync();

        var error = await Assert.ThrowsAsync<BadProviderConfigException>(silo.Grains.GetGrain<IMisconfigured>("x").Touch);
        Assert.Contains("\"nowhere\"", error.Message, StringComparison.Ordinal);
    }
}
