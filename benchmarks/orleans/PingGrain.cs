namespace Orleans.Benchmarks;

public sealed class PingGrain : Grain, IPingGrain
{
    // Kept, so that what is measured is what the silo allocates.
    private readonly Task<int> _answer = Task.FromResult(42);

    public Task<int> Ping(int value) => _answer;

    public async Task CallOther(IPingGrain other, int calls)
    {
        for (var i = 0; i < calls; i++) await other.Ping(i);
    }

    public async Task Yield() => await Task.Yield();
}
