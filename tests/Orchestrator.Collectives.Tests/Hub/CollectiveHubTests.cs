using Grpc.Core;
using Orchestrator.Collectives.Hub;

namespace Orchestrator.Collectives.Tests.Hub;

public sealed class CollectiveHubTests
{
    private readonly CollectiveHub _hub = new(TimeProvider.System);

    [Fact]
    public async Task Find_BeforeTheGroup_WaitsForIt()
    {
        var early = _hub.FindAsync("group", default);
        Assert.False(early.IsCompleted);
        var group = new HubGroup("group", null, null);

        _hub.Add(group);

        Assert.Same(group, await early.WaitAsync(TestRanks.Limit));
        Assert.Same(group, await _hub.FindAsync("group", default));
    }

    [Fact]
    public async Task Find_EndedGroup_IsRefusedAtOnce()
    {
        var group = new HubGroup("group", null, null);
        _hub.Add(group);
        _hub.Remove(group);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => _hub.FindAsync("group", default));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Throws<CollectiveException>(() => _hub.Add(group));
    }

    [Fact]
    public async Task Find_TooManyWaiting_IsRefusedUntilSomeGiveUp()
    {
        using var giveUp = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 1024).Select(i => _hub.FindAsync($"group {i}", giveUp.Token)).ToArray();

        var refusal = await Assert.ThrowsAsync<RpcException>(() => _hub.FindAsync("one more", default));
        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);

        await giveUp.CancelAsync();
        foreach (var one in waiting)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.False(_hub.FindAsync("one more", default).IsCompleted);
    }

    [Fact]
    public async Task Find_NameOutOfBounds_IsRefused()
    {
        foreach (var name in (string[])["", new string('x', 513)])
            Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => _hub.FindAsync(name, default))).StatusCode);
    }

    [Fact]
    public void Add_Twice_IsAMismatch()
    {
        _hub.Add(new("group", null, null));
        Assert.Equal(CollectiveErrorCode.Mismatch, Assert.Throws<CollectiveException>(() => _hub.Add(new("group", null, null))).Code);
    }
}
