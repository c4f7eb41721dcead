using Orchestrator.Domain.Specs;

namespace Orchestrator.Collectives.Tests;

/// <summary>What every kind of group does when something goes wrong: one verdict for every pending and later call, on every rank.</summary>
public sealed class FailureTests
{
    // A view keeps no array alive, and calls that nobody awaits any more may still write.
    private readonly List<float[]> _kept = [];

    [Theory]
    [InlineData(CollectiveKind.Auto)]
    [InlineData(CollectiveKind.Gloo)]
    [InlineData(CollectiveKind.Grpc)]
    public async Task Dispose_WithCallsPending_EndsThemOnEveryRank(CollectiveKind kind)
    {
        await using var ranks = await TestRanks.FormAsync(kind, 3);
        var pending = Issue(ranks.Groups[0], 3).Concat(Issue(ranks.Groups[1], 2)).ToList();

        await ranks.Groups[1].DisposeAsync().AsTask().WaitAsync(TestRanks.Limit);

        foreach (var call in pending)
            AssertVerdict(CollectiveErrorCode.Aborted, "rank 1", await Failure(call));
        AssertVerdict(CollectiveErrorCode.Aborted, "rank 1", await Failure(Issue(ranks.Groups[2], 1).Single()));
        AssertVerdict(CollectiveErrorCode.Aborted, "rank 1", await Failure(ranks.Groups[0].BarrierAsync().AsTask()));
    }

    [Theory]
    [InlineData(CollectiveKind.Auto, 0)]
    [InlineData(CollectiveKind.Auto, 1)]
    [InlineData(CollectiveKind.Gloo, 1)]
    [InlineData(CollectiveKind.Grpc, 0)]
    [InlineData(CollectiveKind.Grpc, 1)]
    public async Task Create_NextGenerationAfterARankIsLost_TheOthersGoOn(CollectiveKind kind, int lost)
    {
        await using var ranks = await TestRanks.FormAsync(kind, 3);
        List<int> left = [.. Enumerable.Range(0, 3).Where(rank => rank != lost)];
        var pending = left.SelectMany(rank => Issue(ranks.Groups[rank], 1)).ToList();
        await ranks.Groups[lost].DisposeAsync().AsTask().WaitAsync(TestRanks.Limit);
        foreach (var call in pending)
            await Failure(call);
        foreach (var rank in left)
            await ranks.Groups[rank].DisposeAsync().AsTask().WaitAsync(TestRanks.Limit);

        Uri[] peers = [.. left.Select(rank => ranks.Workers[rank].Address)];
        var next = await Task.WhenAll(left.Select((worker, rank) => ranks.Workers[worker].Groups.CreateAsync(
            ranks.Options(kind, rank, name: "test/1/1/2") with { WorldSize = left.Count, Peers = peers }).WaitAsync(TestRanks.Limit)));
        await Task.WhenAll(next.SelectMany(group => Issue(group, 1))).WaitAsync(TestRanks.Limit);
        await Task.WhenAll(next.Select(group => group.DisposeAsync().AsTask())).WaitAsync(TestRanks.Limit);
    }

    [Theory]
    [InlineData(CollectiveKind.Auto)]
    [InlineData(CollectiveKind.Gloo)]
    [InlineData(CollectiveKind.Grpc)]
    public async Task Cancel_PendingCall_EndsTheGroup(CollectiveKind kind)
    {
        await using var ranks = await TestRanks.FormAsync(kind, 3);
        using var cancellation = new CancellationTokenSource();
        var cancelled = ranks.Groups[2].AllReduceAsync(Buffer(1000), ReduceOperation.Sum, cancellation.Token).AsTask();
        var other = Issue(ranks.Groups[0], 1).Single();

        await cancellation.CancelAsync();

        AssertVerdict(CollectiveErrorCode.Aborted, "rank 2", await Failure(cancelled));
        AssertVerdict(CollectiveErrorCode.Aborted, "rank 2", await Failure(other));
    }

    [Theory]
    [InlineData(CollectiveKind.Auto)]
    [InlineData(CollectiveKind.Gloo)]
    [InlineData(CollectiveKind.Grpc)]
    public async Task AllReduce_RankStaysAway_TimesOutOnEveryRank(CollectiveKind kind)
    {
        await using var ranks = await TestRanks.FormAsync(kind, 2, timeout: TimeSpan.FromSeconds(5));

        AssertVerdict(CollectiveErrorCode.TimedOut, "rank 0", await Failure(Issue(ranks.Groups[0], 1).Single()));
        AssertVerdict(CollectiveErrorCode.TimedOut, "rank 0", await Failure(Issue(ranks.Groups[1], 1).Single()));
    }

    [Theory]
    [InlineData(CollectiveKind.Auto)]
    [InlineData(CollectiveKind.Gloo)]
    [InlineData(CollectiveKind.Grpc)]
    public async Task AllReduce_RanksDisagree_IsAMismatchOnEveryRank(CollectiveKind kind)
    {
        await using var ranks = await TestRanks.FormAsync(kind, 3);

        var calls = ranks.Groups.Select(group => Issue(group, 1, count: group.Rank == 2 ? 999 : 1000).Single()).ToArray();

        foreach (var call in calls)
            AssertVerdict(CollectiveErrorCode.Mismatch, "1000", await Failure(call), orElse: "999");
    }

    [Theory]
    [InlineData(CollectiveKind.Auto)]
    [InlineData(CollectiveKind.Gloo)]
    [InlineData(CollectiveKind.Grpc)]
    public async Task Leave_BeforeTheOthers_LetsThemEndWhatItTookPartIn(CollectiveKind kind)
    {
        await using var ranks = await TestRanks.FormAsync(kind, 3);
        const int count = 1_000_000;
        var root = ranks.Groups[0].BroadcastAsync(Buffer(count), 0).AsTask();
        var others = ranks.Groups.Skip(1).Select(group => group.BroadcastAsync(Buffer(count), 0).AsTask()).ToArray();
        await root.WaitAsync(TestRanks.Limit);

        var leaving = ranks.Groups[0].DisposeAsync().AsTask();
        await Task.WhenAll(others).WaitAsync(TestRanks.Limit);
        var late = await Failure(ranks.Groups[1].BarrierAsync().AsTask());

        AssertVerdict(CollectiveErrorCode.Aborted, "rank 0", late);
        await leaving.WaitAsync(TestRanks.Limit);
    }

    [Theory]
    [InlineData(CollectiveKind.Auto)]
    [InlineData(CollectiveKind.Gloo)]
    [InlineData(CollectiveKind.Grpc)]
    public async Task Create_RankStaysAway_NamesIt(CollectiveKind kind)
    {
        await using var ranks = await TestRanks.StartAsync(3);
        var timeout = TimeSpan.FromSeconds(3);

        var one = ranks.CreateAsync(ranks.Options(kind, 1));
        var zero = await Failure(ranks.CreateAsync(ranks.Options(kind, 0, timeout)));

        AssertVerdict(CollectiveErrorCode.TimedOut, "ranks 2 did not join", zero);
        AssertVerdict(CollectiveErrorCode.TimedOut, "ranks 2 did not join", await Failure(one));
    }

    [Fact]
    public async Task Create_OtherKindOnOneRank_IsAMismatch()
    {
        await using var ranks = await TestRanks.StartAsync(2);
        var zero = ranks.CreateAsync(ranks.Options(CollectiveKind.Gloo, 0, TimeSpan.FromSeconds(3)));

        AssertVerdict(CollectiveErrorCode.Mismatch, "rank 1 joins as one of 2 over grpc", await Failure(ranks.CreateAsync(ranks.Options(CollectiveKind.Grpc, 1))));
        await Failure(zero);
    }

    [Fact]
    public async Task Create_NameOfAnEndedGroup_IsRefused()
    {
        await using var ranks = await TestRanks.FormAsync(CollectiveKind.Grpc, 2);
        await Task.WhenAll(ranks.Groups.Select(group => group.DisposeAsync().AsTask())).WaitAsync(TestRanks.Limit);

        AssertVerdict(CollectiveErrorCode.Mismatch, "has ended", await Failure(ranks.CreateAsync(ranks.Options(CollectiveKind.Grpc, 0))));
        AssertVerdict(CollectiveErrorCode.Mismatch, "has ended", await Failure(ranks.CreateAsync(ranks.Options(CollectiveKind.Grpc, 1))));
    }

    [Fact]
    public async Task Create_ContradictoryOptions_NamesEveryFault()
    {
        await using var ranks = await TestRanks.StartAsync(2);
        var options = ranks.Options(CollectiveKind.Gloo, 0) with { Rank = 5, GroupName = "", Timeout = TimeSpan.Zero, Peers = [new("ftp://host"), new("http://0.0.0.0:1"), new("http://[::]:1")] };

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => ranks.Workers[0].Groups.CreateAsync(options));

        foreach (var fault in (string[])["GroupName", "Rank is 5", "Peers has 3", "Timeout", "ftp://host", "http://0.0.0.0:1/' names no machine", "http://[::]:1/' names no machine"])
            Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    private List<Task> Issue(IProcessGroup group, int calls, int count = 1000) =>
        [.. Enumerable.Range(0, calls).Select(_ => group.AllReduceAsync(Buffer(count)).AsTask())];

    private ReduceBuffer Buffer(int count)
    {
        var values = GC.AllocateArray<float>(count, pinned: true);
        _kept.Add(values);
        return ReduceBuffer.From(values);
    }

    private static Task<CollectiveException> Failure(Task call) => Assert.ThrowsAsync<CollectiveException>(() => call.WaitAsync(TestRanks.Limit));

    private static void AssertVerdict(CollectiveErrorCode code, string text, CollectiveException actual, string? orElse = null)
    {
        Assert.True(code == actual.Code, actual.ToString());
        Assert.True(actual.Message.Contains(text, StringComparison.Ordinal) || (orElse is not null && actual.Message.Contains(orElse, StringComparison.Ordinal)), actual.ToString());
    }
}
