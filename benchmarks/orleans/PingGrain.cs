namespace Orleans.Benchmark;

public sealed class PingGrain : Grain, IPingGrain
{
    public Task<int> Ping(int value) => Task.FromResult(value);

    public async Task CallOther(IPingGrain other, int calls)
    {
        for (var i = 0; i < calls; i++) await other.Ping(i);
    }

    public async Task Yield() => await Task.Yield();
}
