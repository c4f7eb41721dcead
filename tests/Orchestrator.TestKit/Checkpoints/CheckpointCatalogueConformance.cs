using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;
using Orchestrator.TestKit.Building;
using Xunit;

namespace Orchestrator.TestKit.Checkpoints;

/// <summary>What every checkpoint catalogue must do. A back end's tests inherit this and say how to open and reopen one.</summary>
public abstract class CheckpointCatalogueConformance
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TrialId Trial = new(new ExperimentId("one"), 7);
    private static readonly TrialId Other = new(new ExperimentId("one"), 8);

    /// <summary>The catalogue under test, empty when a test begins.</summary>
    protected abstract ICheckpointCatalogue Catalogue { get; }

    /// <summary>Closes the store and opens it again, as a restarted process would; <see cref="Catalogue"/> is the new one then.</summary>
    protected abstract Task ReopenAsync();

    [Fact]
    public async Task ListAsync_UnknownTrial_GivesNothing() => Assert.Empty(await List());

    [Fact]
    public async Task RegisterAsync_New_IsListedAsItWas()
    {
        var record = Record() with { Metric = -0.1, Step = long.MaxValue, Bytes = 1L << 40, CreatedAt = Events.At.AddTicks(1) };

        Assert.True(await Register(record));

        Assert.Equal([record], await List());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.Epsilon)]
    public async Task RegisterAsync_AnyMetric_IsKeptExactly(double? metric)
    {
        await Register(Record() with { Metric = metric });

        Assert.Equal(metric, Assert.Single(await List()).Metric);
    }

    [Fact]
    public async Task RegisterAsync_Twice_IsRegisteredOnce()
    {
        Assert.True(await Register(Record()));
        Assert.True(await Register(Record()));

        Assert.Equal([Record()], await List());
    }

    [Fact]
    public async Task RegisterAsync_SameLocationByLaterAttempt_ReplacesTheEntry()
    {
        await Register(Record(attempt: 1) with { Location = "file:///same" });
        var newer = Record(attempt: 2) with { Location = "file:///same", ManifestSha256 = new string('b', 64) };

        Assert.True(await Register(newer));

        Assert.Equal([newer], await List());
    }

    [Fact]
    public async Task RegisterAsync_BehindTheFence_IsRefused()
    {
        await Register(Record(attempt: 1, epoch: 1));
        await Fence(2);

        Assert.False(await Register(Record(attempt: 1, epoch: 2)));

        Assert.Equal([Record(attempt: 1, epoch: 1)], await List());
    }

    [Fact]
    public async Task RegisterAsync_AgainBehindTheFence_IsRefusedAndKeepsTheEntry()
    {
        await Register(Record(attempt: 1));
        await Fence(2);

        Assert.False(await Register(Record(attempt: 1)));

        Assert.Equal([Record(attempt: 1)], await List());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RegisterAsync_AtOrAboveTheFence_IsAccepted(int attempt)
    {
        await Fence(2);

        Assert.True(await Register(Record(attempt)));
    }

    [Fact]
    public async Task FenceAsync_ByAnOlderAttempt_ChangesNothing()
    {
        await Fence(3);
        await Fence(2);

        Assert.False(await Register(Record(attempt: 2)));
    }

    [Fact]
    public async Task FenceAsync_OneTrial_LeavesOthersAlone()
    {
        await Fence(3);

        Assert.True(await Register(Record() with { Attempt = new AttemptId(Other, 1) }));
        Assert.True(await Register(Record() with { Attempt = new AttemptId(new TrialId(new ExperimentId("two"), 7), 1) }));
    }

    [Fact]
    public async Task RegisterAsync_RacingWithTheFence_NothingStaleIsRegisteredAfterIt()
    {
        using var patience = new CancellationTokenSource(Patience);
        var writer = Task.Run(async () =>
        {
            var accepted = 0;
            while (await Register(Record(attempt: 1, epoch: accepted + 1))) accepted++;
            return accepted;
        });
        while ((await List()).Count == 0) patience.Token.ThrowIfCancellationRequested();
        await Fence(2);
        var fenced = (await List()).Count;

        Assert.Equal(fenced, await writer.WaitAsync(Patience));
        Assert.Equal(fenced, (await List()).Count);
    }

    [Fact]
    public async Task ListAsync_Several_IsNewestFirst()
    {
        var inOrder = new[] { Record(2, 9), Record(1, 9), Record(2, 3), Record(1, 2) };
        foreach (var record in new[] { inOrder[2], inOrder[0], inOrder[3], inOrder[1] }) await Register(record);
        await Register(Record(1, 99) with { Attempt = new AttemptId(Other, 1) });

        Assert.Equal(inOrder, await List());
    }

    [Fact]
    public async Task RemoveAsync_Registered_TakesOutThatOneAlone()
    {
        await Register(Record(epoch: 1));
        await Register(Record(epoch: 2));

        await Catalogue.RemoveAsync(Trial, Record(epoch: 1).Location, default).WaitAsync(Patience);

        Assert.Equal([Record(epoch: 2)], await List());
    }

    [Fact]
    public async Task RemoveAsync_Unknown_DoesNothing()
    {
        await Register(Record());

        await Catalogue.RemoveAsync(Trial, "file:///elsewhere", default).WaitAsync(Patience);
        await Catalogue.RemoveAsync(Other, Record().Location, default).WaitAsync(Patience);

        Assert.Single(await List());
    }

    [Fact]
    public async Task RemoveAsync_Trial_TakesEntriesAndFenceOutAndLeavesOthersAlone()
    {
        var other = Record(attempt: 3) with { Attempt = new AttemptId(Other, 3) };
        await Register(Record(epoch: 1));
        await Register(Record(epoch: 2));
        await Register(other);
        await Fence(2);

        await Catalogue.RemoveAsync(Trial, default).WaitAsync(Patience);
        await Catalogue.RemoveAsync(Trial, default).WaitAsync(Patience);

        Assert.Empty(await List());
        Assert.Equal([other], await Catalogue.ListAsync(Other, default).WaitAsync(Patience));
        Assert.True(await Register(Record(attempt: 1)));
    }

    [Fact]
    public async Task Reopen_AfterWrites_KeepsEntriesAndFences()
    {
        await Register(Record(attempt: 2));
        await Fence(2);

        await ReopenAsync();

        Assert.Equal([Record(attempt: 2)], await List());
        Assert.False(await Register(Record(attempt: 1, epoch: 9)));
    }

    private static CheckpointRecord Record(int attempt = 1, int epoch = 1) =>
        new(new AttemptId(Trial, attempt), epoch, epoch * 70, $"file:///checkpoints/one/7/{attempt}-{epoch}", new string('a', 64), 1_000, 0.25, Events.At);

    private Task<bool> Register(CheckpointRecord record) => Catalogue.RegisterAsync(record, default).WaitAsync(Patience);

    private Task Fence(int attempt) => Catalogue.FenceAsync(new AttemptId(Trial, attempt), default).WaitAsync(Patience);

    private Task<IReadOnlyList<CheckpointRecord>> List() => Catalogue.ListAsync(Trial, default).WaitAsync(Patience);
}
