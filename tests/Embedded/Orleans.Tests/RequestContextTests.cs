using Orleans.Runtime;
using Orleans.Tests.Support;

namespace Orleans.Tests;

public sealed class RequestContextTests
{
    internal interface IAware : IGrainWithStringKey
    {
        Task<string?> Read(string key);
        Task<string?> ReadThrough(IAware other, string key);
        Task<string> CallBack(IAware other, bool allow);
        Task<string> Forward(IAware to);
        Task<string> Name();
    }

    internal sealed class AwareGrain : Grain, IAware
    {
        public async Task<string?> Read(string key)
        {
            await Task.Yield();
            var value = (string?)RequestContext.Get(key);
            RequestContext.Set(key, "changed by the callee");
            return value;
        }

        public Task<string?> ReadThrough(IAware other, string key) => other.Read(key);

        public async Task<string> CallBack(IAware other, bool allow)
        {
            if (!allow) return await other.Forward(this.AsReference<IAware>());
            using var section = RequestContext.AllowCallChainReentrancy();
            return await other.Forward(this.AsReference<IAware>());
        }

        public Task<string> Forward(IAware to) => to.Name();
        public Task<string> Name() => Task.FromResult(this.GetPrimaryKeyString());
    }

    [Fact]
    public async Task Values_FlowDownTheCalls_AndNotBack()
    {
        await using var silo = await TestSilo.StartAsync();
        var (a, b) = (silo.Grains.GetGrain<IAware>("a"), silo.Grains.GetGrain<IAware>("b"));
        RequestContext.Set("k", "from the client");

        Assert.Equal("from the client", await a.ReadThrough(b, "k"));
        Assert.Equal("from the client", RequestContext.Get("k"));
        Assert.True(RequestContext.Remove("k"));
        Assert.Null(await a.ReadThrough(b, "k"));
        RequestContext.Clear();
    }

    [Fact]
    public async Task CallChainReentrancy_LetsTheCalleeCallBack()
    {
        await using var silo = await TestSilo.StartAsync();
        var (a, b) = (silo.Grains.GetGrain<IAware>("caller"), silo.Grains.GetGrain<IAware>("callee"));

        Assert.Equal("caller", await a.CallBack(b, allow: true).WaitAsync(TestSilo.Patience));

        var stuck = a.CallBack(b, allow: false);
        await silo.Log.Warned("aware/callee -> aware/caller -> aware/callee").WaitAsync(TestSilo.Patience);
        silo.Time.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAsync<TimeoutException>(() => stuck);
    }
}
