using Orchestrator.Collectives;
using Orchestrator.Protocol;
using Orchestrator.TestKit.Time;
using Orchestrator.Worker.Attempts;

namespace Orchestrator.Worker.Tests;

public sealed class GenerationsTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly CollectiveException Broken = new(CollectiveErrorCode.PeerLost, "rank 1 is lost.");

    private readonly FakeTimeProvider _time = new();
    private readonly Groups _groups = new();
    private readonly Generations _generations;

    public GenerationsTests() => _generations = new Generations(Assign(1, rank: 2), _groups, _time);

    public void Dispose() => _generations.Dispose();

    [Fact]
    public async Task Next_WaitsUntilItIsToldAndJoinsThat()
    {
        _generations.Join(default);
        var next = Task.Run(() => _generations.Next(Broken, default));
        Until(() => _generations.Lost == 1);

        _generations.Offer(Assign(1, rank: 2)); // told again: nothing new
        _generations.Offer(Assign(2, rank: 0));

        var regrouped = await next.WaitAsync(Limit);
        Assert.Equal("e-1/1/1/2", regrouped.Name);
        Assert.Equal((0, 2, 0), (_generations.Lost, _generations.Current.Generation, _generations.Current.Rank));
        Assert.True(_groups.Made[0].IsDisposed);
    }

    [Fact]
    public void Offer_OfANewerGeneration_BreaksTheGroup()
    {
        _generations.Join(default);

        _generations.Offer(Assign(2, rank: 0));

        Until(() => _groups.Made[0].IsDisposed);
        Assert.Equal("e-1/1/1/2", _generations.Next(Broken, default).Name);
    }

    [Fact]
    public void Next_TheNextGenerationCantBeFormed_JoinsTheOneAfterIt()
    {
        _generations.Join(default);
        _generations.Offer(Assign(2, rank: 0));
        _groups.Refuse = name =>
        {
            if (!name.EndsWith("/2", StringComparison.Ordinal)) return false;
            _generations.Offer(Assign(3, rank: 0));
            return true;
        };

        Assert.Equal("e-1/1/1/3", _generations.Next(Broken, default).Name);
    }

    [Fact]
    public void Join_TheFirstGroupCantBeFormed_JoinsTheNextOne()
    {
        _groups.Refuse = name => name.EndsWith("/1", StringComparison.Ordinal);
        _generations.Offer(Assign(2, rank: 0));

        Assert.Equal("e-1/1/1/2", _generations.Join(default).Name);
    }

    [Fact]
    public async Task Next_Stopped_EndsWithTheFailure()
    {
        var next = Task.Run(() => _generations.Next(Broken, default));
        Until(() => _generations.Lost == 1);

        _generations.Stop();

        var failed = await Assert.ThrowsAsync<CollectiveException>(() => next.WaitAsync(Limit));
        Assert.Equal((CollectiveErrorCode.PeerLost, 0), (failed.Code, _generations.Lost));
    }

    [Fact]
    public async Task Next_IsToldOfNone_GivesUp()
    {
        var next = Task.Run(() => _generations.Next(Broken, default));
        Until(() => _generations.Lost == 1);

        Until(() =>
        {
            _time.Advance(Generations.Patience);
            return next.IsCompleted;
        });

        Assert.Contains("named no next generation within 5 minutes", (await Assert.ThrowsAsync<CollectiveException>(() => next)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_Aborted_IsCancelled()
    {
        using var abort = new CancellationTokenSource();
        var next = Task.Run(() => _generations.Next(Broken, abort.Token));
        Until(() => _generations.Lost == 1);

        await abort.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Limit));
    }

    private static Assign Assign(int generation, int rank) => new()
    {
        Attempt = new Attempt { Experiment = "e-1", Trial = 1, Number = 1 }, Rank = rank, Peers = { "http://a:1", "http://b:1", "http://c:1" }, Generation = generation, Elastic = true,
        Task = "vae", Parameters = "{}", DatasetKind = "mnist", DatasetPath = "/", Collective = "grpc", Metric = "loss", CheckpointFolder = "file:///c", Device = "cpu",
    };

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Limit));

    private sealed class Groups : IProcessGroupFactory
    {
        public Func<string, bool> Refuse { get; set; } = _ => false;

        public List<Group> Made { get; } = [];

        public Task<IProcessGroup> CreateAsync(ProcessGroupOptions options, CancellationToken cancellationToken = default)
        {
            if (Refuse(options.GroupName)) throw new CollectiveException(CollectiveErrorCode.TimedOut, "A rank did not come.");
            Made.Add(new Group(options.GroupName));
            return Task.FromResult<IProcessGroup>(Made[^1]);
        }
    }

    private sealed class Group(string name) : IProcessGroup
    {
        private readonly SingleProcessGroup _inner = new(name);

        public bool IsDisposed { get; private set; }

        public string Name => _inner.Name;

        public int Rank => 0;

        public int WorldSize => 1;

        public ValueTask AllReduceAsync(ReduceBuffer buffer, ReduceOperation operation = ReduceOperation.Sum, CancellationToken cancellationToken = default) => default;

        public ValueTask BroadcastAsync(ReduceBuffer buffer, int root, CancellationToken cancellationToken = default) => default;

        public ValueTask BarrierAsync(CancellationToken cancellationToken = default) => default;

        public void Dispose() => IsDisposed = true;

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return default;
        }
    }
}
