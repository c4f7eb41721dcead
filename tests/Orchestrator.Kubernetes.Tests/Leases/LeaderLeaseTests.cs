using Orchestrator.Kubernetes.Leases;
using Orchestrator.Kubernetes.Tests.Support;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Kubernetes.Tests.Leases;

public sealed class LeaderLeaseTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private FakeApiServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeApiServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task TryHold_HolderIsSilentForTheWholeLease_IsTaken()
    {
        using var client = _server.Client();
        var lease = new LeaderLease(client, "team", "pools", "me", _time);
        _server.ThenJson(Held("other", 3)).ThenJson(Held("other", 3)).ThenJson(Held("other", 3)).ThenJson(Held("me", 4));

        Assert.False(await lease.TryHold(CancellationToken.None));
        _time.Advance(LeaderLease.Length - TimeSpan.FromSeconds(1));
        Assert.False(await lease.TryHold(CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await lease.TryHold(CancellationToken.None));

        Assert.Contains("\"resourceVersion\":\"3\"", _server.Seen[^1].Body, StringComparison.Ordinal);
        Assert.Contains("\"renewTime\":\"2030-01-01T00:00:15.000000Z\"", _server.Seen[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryHold_HolderRenews_IsNotTaken()
    {
        using var client = _server.Client();
        var lease = new LeaderLease(client, "team", "pools", "me", _time);
        _server.ThenJson(Held("other", 3)).ThenJson(Held("other", 4)).ThenJson(Held("other", 5));

        for (var i = 0; i < 3; i++)
        {
            Assert.False(await lease.TryHold(CancellationToken.None));
            _time.Advance(LeaderLease.Length);
        }
    }

    [Fact]
    public async Task IsHeld_NotRenewed_EndsBeforeAnotherMayTakeIt()
    {
        using var client = _server.Client();
        var lease = new LeaderLease(client, "team", "pools", "me", _time);
        _server.ThenJson("{}", 404).ThenJson(Held("me", 1), 201);

        Assert.True(await lease.TryHold(CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.True(lease.IsHeld);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(lease.IsHeld);
    }

    [Fact]
    public async Task TryHold_AnotherWasFaster_IsNotHeld()
    {
        using var client = _server.Client();
        var lease = new LeaderLease(client, "team", "pools", "me", _time);
        _server.ThenJson("{}", 404).ThenJson("""{"reason":"AlreadyExists"}""", 409);

        Assert.False(await lease.TryHold(CancellationToken.None));
    }

    private static string Held(string holder, int version) =>
        $$$"""{"metadata":{"name":"pools","resourceVersion":"{{{version}}}"},"spec":{"holderIdentity":"{{{holder}}}","leaseDurationSeconds":15,"renewTime":"2020-01-01T00:00:00.000000Z"}}""";
}
