using Orleans.Concurrency;
using Orleans.Tests.Support;

namespace Orleans.Tests;

public sealed class StatelessWorkerTests
{
    internal interface IWorker : IGrainWithStringKey
    {
        Task<Guid> Work(string gate);
    }

    [StatelessWorker(2)]
    internal sealed class WorkerGrain : Grain, IWorker
    {
        private readonly Guid _identity = Guid.NewGuid();

        public async Task<Guid> Work(string gate)
        {
            Gates.Open($"{gate} entered");
            await Gates.Opened(gate);
            return _identity;
        }
    }

    [Fact]
    public async Task Calls_RunInAsManyActivationsAsAllowed()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IWorker>("pool");
        var gate = Guid.NewGuid().ToString();
        var first = grain.Work(gate);
        await Gates.Opened($"{gate} entered");
        var second = grain.Work($"{gate} 2");
        await Gates.Opened($"{gate} 2 entered");
        var third = grain.Work($"{gate} 3");
        Gates.Open($"{gate} 3");

        Gates.Open(gate);
        Gates.Open($"{gate} 2");
        var identities = await Task.WhenAll(first, second, third).WaitAsync(TestSilo.Patience);

        Assert.Equal(2, identities.Distinct().Count());
        Assert.NotEqual(identities[0], identities[1]);
        await silo.StopAsync().WaitAsync(TestSilo.Patience);
    }
}
