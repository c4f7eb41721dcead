using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes.Access;
using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Tests.Support;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Kubernetes.Tests.Client;

public sealed class KubernetesClientTests : IAsyncLifetime
{
    private const string PodA = """{"metadata":{"name":"a","uid":"u1"},"status":{"phase":"Running"},"unknown":{"x":1}}""";

    private FakeApiServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeApiServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Find_NotThere_GivesNull()
    {
        _server.ThenJson("""{"kind":"Status","reason":"NotFound","message":"pods \"a\" not found","code":404}""", 404);
        using var client = _server.Client();

        Assert.Null(await client.Find(Kinds.Pods, "team", "a", CancellationToken.None));
        Assert.Equal("/api/v1/namespaces/team/pods/a", Assert.Single(_server.Seen).Path);
    }

    [Fact]
    public async Task Find_Refused_SaysTheServersWords()
    {
        _server.ThenJson("""{"reason":"Forbidden","message":"pods is forbidden: User \"u\" cannot get resource","code":403}""", 403);
        using var client = _server.Client();

        var exception = await Assert.ThrowsAsync<KubernetesException>(() => client.Find(Kinds.Pods, "team", "a", CancellationToken.None));

        Assert.Equal((HttpStatusCode.Forbidden, "Forbidden"), (exception.Status, exception.Reason));
        Assert.Contains("User \"u\" cannot get resource", exception.Message, StringComparison.Ordinal);
        Assert.Single(_server.Seen);
    }

    [Fact]
    public async Task List_SeveralPages_FollowsTheToken()
    {
        _server.ThenJson($$"""{"metadata":{"resourceVersion":"7","continue":"t/1="},"items":[{{PodA}}]}""")
            .ThenJson("""{"metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"b"}}]}""");
        using var client = _server.Client();
        var names = new List<string>();

        await foreach (var page in client.List(Kinds.Pods, new Selection("team", "app=x,y in (1,2)"), CancellationToken.None)) names.AddRange(page.Items.Select(p => p.Metadata.Name));

        Assert.Equal(["a", "b"], names);
        Assert.All(_server.Seen, r => Assert.Contains("limit=500&labelSelector=app%3Dx%2Cy%20in%20%281%2C2%29", r.Path, StringComparison.Ordinal));
        Assert.Contains("continue=t%2F1%3D", _server.Seen[1].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_TokenExpired_IsGone()
    {
        _server.ThenJson("""{"metadata":{"resourceVersion":"7","continue":"t"},"items":[]}""").ThenJson("""{"reason":"Expired","message":"too old","code":410}""", 410);
        using var client = _server.Client();

        var exception = await Assert.ThrowsAsync<KubernetesException>(async () =>
        {
            await foreach (var _ in client.List(Kinds.Pods, new Selection("team"), CancellationToken.None)) { }
        });

        Assert.True(exception.IsGone);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Find_TransientAnswer_IsAskedAgainWhenTheServerSays(int status)
    {
        _server.ThenJson("{}", status, ("Retry-After", "0")).ThenJson(PodA);
        using var client = _server.Client();

        Assert.Equal("Running", (await client.Find(Kinds.Pods, "team", "a", CancellationToken.None))!.Status.Phase);
        Assert.Equal(2, _server.Seen.Count);
    }

    [Fact]
    public async Task Find_AlwaysOverloaded_GivesUp()
    {
        for (var i = 0; i < RetryPolicy.Attempts; i++) _server.ThenJson("""{"reason":"TooManyRequests","message":"slow down"}""", 429, ("Retry-After", "0"));
        using var client = _server.Client();

        var exception = await Assert.ThrowsAsync<KubernetesException>(() => client.Find(Kinds.Pods, "team", "a", CancellationToken.None));

        Assert.Equal("TooManyRequests", exception.Reason);
        Assert.Equal(RetryPolicy.Attempts, _server.Seen.Count);
    }

    [Fact]
    public async Task Create_ConnectionBreaks_IsSentAgain()
    {
        _server.ThenBreak().ThenJson(PodA, 201);
        using var client = _server.Client();

        var pod = await client.Create(Kinds.Pods, "team", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "a" } }, CancellationToken.None);

        Assert.Equal("u1", pod.Metadata.Uid);
        Assert.All(_server.Seen, r => Assert.Equal(("POST", """{"metadata":{"name":"a"}}"""), (r.Method, r.Body)));
    }

    [Fact]
    public async Task Patch_Apply_NamesTheManager()
    {
        _server.ThenJson(PodA);
        using var client = _server.Client();

        await client.Patch(Kinds.Pods, "team", "a", PatchKind.Apply, new JsonObject { ["kind"] = "Pod" }, CancellationToken.None);

        var request = Assert.Single(_server.Seen);
        Assert.Equal(("PATCH", "application/apply-patch+yaml"), (request.Method, request.ContentType));
        Assert.EndsWith("/a?fieldManager=orchestrator&force=true", request.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_WithUid_IsAPreconditionAndNoErrorWhereGone()
    {
        _server.ThenJson("{}").ThenJson("""{"reason":"NotFound"}""", 404).ThenJson("""{"reason":"Conflict","message":"the UID in the precondition does not match"}""", 409);
        using var client = _server.Client();

        Assert.True(await client.Delete(Kinds.Pods, "team", "a", "u1", TimeSpan.FromSeconds(30), CancellationToken.None));
        Assert.False(await client.Delete(Kinds.Pods, "team", "a", "u1", null, CancellationToken.None));
        Assert.False(await client.Delete(Kinds.Pods, "team", "a", "u2", null, CancellationToken.None));

        var options = JsonNode.Parse(_server.Seen[0].Body)!;
        Assert.Equal(("u1", 30), ((string?)options["preconditions"]!["uid"], (int)options["gracePeriodSeconds"]!));
    }

    [Fact]
    public async Task Find_TokenFileRotated_UsesTheNewOneOnceRefused()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("token", "old\n");
        _server.ThenJson(PodA).ThenJson("""{"reason":"Unauthorized","code":401}""", 401).ThenJson(PodA);
        using var client = _server.Client(token: new TokenFile(file, TimeProvider.System));

        await client.Find(Kinds.Pods, "team", "a", CancellationToken.None);
        await File.WriteAllTextAsync(file, "new\n");
        await client.Find(Kinds.Pods, "team", "a", CancellationToken.None);

        Assert.Equal(["Bearer old", "Bearer old", "Bearer new"], _server.Seen.Select(r => r.Authorization));
    }

    [Fact]
    public async Task Find_TokenRefusedTwice_IsAnError()
    {
        _server.ThenJson("{}", 401).ThenJson("""{"reason":"Unauthorized","message":"Unauthorized"}""", 401);
        using var client = _server.Client(token: new FixedToken("t"));

        var exception = await Assert.ThrowsAsync<KubernetesException>(() => client.Find(Kinds.Pods, "team", "a", CancellationToken.None));

        Assert.Equal((HttpStatusCode.Unauthorized, 2), (exception.Status, _server.Seen.Count));
    }

    [Fact]
    public async Task Find_NotJson_IsAProtocolError()
    {
        _server.ThenJson("<html>");
        using var client = _server.Client();

        Assert.Equal("kubernetes.protocol", (await Assert.ThrowsAsync<KubernetesException>(() => client.Find(Kinds.Pods, "team", "a", CancellationToken.None))).Code);
    }
}
