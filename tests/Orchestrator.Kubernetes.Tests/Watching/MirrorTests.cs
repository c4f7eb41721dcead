using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Tests.Support;
using Orchestrator.Kubernetes.Watching;

namespace Orchestrator.Kubernetes.Tests.Watching;

public sealed class MirrorTests : IAsyncLifetime, IDisposable
{
    private readonly Channel<bool> _changes = Channel.CreateUnbounded<bool>();
    private readonly CancellationTokenSource _stop = new();
    private FakeApiServer _server = null!;
    private KubernetesClient _client = null!;
    private Mirror<Pod> _mirror = null!;
    private Task _running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        _client = _server.Client();
        _mirror = new Mirror<Pod>(_client, Kinds.Pods, new Selection("team"), () => _changes.Writer.TryWrite(true), _server.Instruments, TimeProvider.System, NullLogger.Instance);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(FakeApiServer.Patience);
        _client.Dispose();
        await _server.DisposeAsync();
    }

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Run_ListThenEvents_FollowsThem()
    {
        _server.ThenJson(List("5", "a", "b")).ThenOpen(Event("ADDED", "c", 6), Event("DELETED", "a", 7), Event("MODIFIED", "b", 8, "Running"));

        await Until(() => _mirror.Objects.TryGetValue("b", out var b) && b.Status.Phase == "Running");

        Assert.Equal(["b", "c"], _mirror.Objects.Keys.Order());
        Assert.Contains("resourceVersion=5", _server.Seen[1].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WatchEnds_GoesOnFromTheLastVersionAlsoOfABookmark()
    {
        _server.ThenJson(List("5")).ThenLines(Event("ADDED", "a", 6), """{"type":"BOOKMARK","object":{"kind":"Pod","metadata":{"resourceVersion":"9"}}}""").ThenOpen(Event("ADDED", "b", 10));

        await Until(() => _mirror.Objects.ContainsKey("b"));

        Assert.Equal(["a", "b"], _mirror.Objects.Keys.Order());
        Assert.Contains("resourceVersion=9", _server.Seen[2].Path, StringComparison.Ordinal);
        Assert.Equal(3, _server.Seen.Count);
    }

    [Fact]
    public async Task Run_WatchBreaksInALine_GoesOnFromTheLineBefore()
    {
        _server.ThenJson(List("5"))
            .Then(async context =>
            {
                await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Event("ADDED", "a", 6) + "\n" + Event("ADDED", "b", 7)[..20]));
                await context.Response.Body.FlushAsync();
                context.Abort();
            })
            .ThenOpen(Event("ADDED", "b", 7));

        await Until(() => _mirror.Objects.ContainsKey("b"));

        Assert.InRange(_server.Seen.Count, 3, 4); // the broken answer may be seen before its first line
    }

    [Theory]
    [InlineData("""{"type":"ERROR","object":{"kind":"Status","reason":"Expired","message":"too old resource version","code":410}}""", 200)]
    [InlineData("""{"kind":"Status","reason":"Gone","message":"too old","code":410}""", 410)]
    public async Task Run_TooOld_ListsAgainAndForgetsWhatIsGone(string answer, int status)
    {
        _server.ThenJson(List("5", "a", "b")).ThenJson(answer + "\n", status).ThenJson(List("20", "b", "c")).ThenOpen();

        await Until(() => _mirror.Objects.ContainsKey("c"));

        Assert.Equal(["b", "c"], _mirror.Objects.Keys.Order());
    }

    [Fact]
    public async Task Run_ListFails_IsIncompleteAndTriesAgain()
    {
        _server.ThenJson("""{"reason":"Forbidden","message":"not yet"}""", 403).ThenJson(List("5", "a")).ThenOpen();
        Assert.False(_mirror.IsComplete);

        await Until(() => _mirror.IsComplete);

        Assert.Equal(["a"], _mirror.Objects.Keys);
    }

    [Fact]
    public async Task Next_LineWithoutEnd_IsBounded()
    {
        await using var lines = new LineReader(new MemoryStream(new byte[LineReader.MaxLine + 2]));
        await Assert.ThrowsAsync<KubernetesException>(async () => await lines.Next(CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"type":"ADDED","object":{"a":[1,{"b":2}]}}""", "ADDED", """{"a":[1,{"b":2}]}""")]
    [InlineData("""{"object":{"x":"}"},"more":[1],"type":"DELETED"}""", "DELETED", """{"x":"}"}""")]
    public void Parse_Event_FindsTypeAndObject(string line, string type, string value)
    {
        var parsed = WatchLine.Parse(System.Text.Encoding.UTF8.GetBytes(line));
        Assert.Equal((type, value), (parsed.Type, System.Text.Encoding.UTF8.GetString(parsed.Object.Span)));
    }

    private async Task Until(Func<bool> condition)
    {
        _running = _mirror.Run(_stop.Token);
        using var patience = new CancellationTokenSource(FakeApiServer.Patience);
        while (!condition()) await _changes.Reader.ReadAsync(patience.Token);
    }

    private static string List(string version, params string[] names) =>
        $$$"""{"metadata":{"resourceVersion":"{{{version}}}"},"items":[{{{string.Join(',', names.Select(n => $$$"""{"metadata":{"name":"{{{n}}}","resourceVersion":"1"}}"""))}}}]}""";

    private static string Event(string type, string name, int version, string phase = "Pending") =>
        $$$"""{"type":"{{{type}}}","object":{"metadata":{"name":"{{{name}}}","resourceVersion":"{{{version}}}"},"status":{"phase":"{{{phase}}}"} } }""";
}
