using Orchestrator.Domain.Specs;

namespace Orchestrator.Collectives.Tests;

/// <summary>All ranks of a group, each with a worker of its own, in this process over loopback.</summary>
public sealed class TestRanks : IAsyncDisposable
{
    /// <summary>Bounds every wait; far beyond what a loaded machine needs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly List<TestWorker> _workers;

    private TestRanks(List<TestWorker> workers) => _workers = workers;

    public IReadOnlyList<IProcessGroup> Groups { get; private set; } = [];

    public IReadOnlyList<TestWorker> Workers => _workers;

    public static async Task<TestRanks> StartAsync(int worldSize)
    {
        List<TestWorker> workers = [];
        for (var rank = 0; rank < worldSize; rank++)
            workers.Add(await TestWorker.StartAsync());
        return new(workers);
    }

    public static async Task<TestRanks> FormAsync(CollectiveKind kind, int worldSize, TimeSpan? timeout = null)
    {
        var ranks = await StartAsync(worldSize);
        ranks.Groups = await Task.WhenAll(Enumerable.Range(0, worldSize).Select(rank => ranks.CreateAsync(ranks.Options(kind, rank, timeout))));
        return ranks;
    }

    public ProcessGroupOptions Options(CollectiveKind kind, int rank, TimeSpan? timeout = null, string name = "test/1/1/1") => new()
    {
        GroupName = name,
        Rank = rank,
        WorldSize = _workers.Count,
        Peers = [.. _workers.Select(worker => worker.Address)],
        Kind = kind,
        Timeout = timeout ?? Limit,
    };

    public Task<IProcessGroup> CreateAsync(ProcessGroupOptions options) => _workers[options.Rank].Groups.CreateAsync(options).WaitAsync(Limit);

    /// <summary>Runs the same on every rank, at once.</summary>
    public Task EachAsync(Func<IProcessGroup, Task> run) => Task.WhenAll(Groups.Select(group => Task.Run(() => run(group)))).WaitAsync(Limit);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Groups.Select(group => group.DisposeAsync().AsTask())).WaitAsync(Limit);
        foreach (var worker in _workers)
            await worker.DisposeAsync();
    }
}
