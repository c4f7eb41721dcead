using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Coordinator.Page;
using Orchestrator.Coordinator.Tests.Support;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Coordinator.Tests.Page;

public sealed partial class PageFilesTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _state = new();
    private RunningCoordinator _coordinator = null!;

    public async Task InitializeAsync() => _coordinator = await RunningCoordinator.Start(_state);

    public async Task DisposeAsync() => await _coordinator.DisposeAsync();

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task Get_ThePage_ComesWithItsPolicyAndIsAskedForAgainByItsTag()
    {
        using var page = await Get("/");
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal(PageFiles.Policy, Assert.Single(page.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));

        using var again = new HttpRequestMessage(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(page.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await _coordinator.Http.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task Files_ThatThePageNames_AreThere()
    {
        var waiting = new Queue<string>(["index.html"]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var name))
        {
            if (!seen.Add(name)) continue;
            using var response = await Get("/" + name);
            Assert.True(response.StatusCode == HttpStatusCode.OK, name);
            var text = await response.Content.ReadAsStringAsync();
            foreach (Match match in Named().Matches(text)) waiting.Enqueue(match.Groups[1].Value);
        }
        var all = typeof(PageFiles).Assembly.GetManifestResourceNames().Where(n => n.Contains(".Page.Files.", StringComparison.Ordinal)).Select(n => n.Split(".Page.Files.")[1]);
        Assert.Equal(all.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Get_AFileThatIsNotOfThePage_IsNotFound()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await Get("/none.js")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Get("/..%2fappsettings.json")).StatusCode);
    }

    /// <summary>The page asks for nothing that the REST API has not: every path in its scripts is one of the OpenAPI document's.</summary>
    [Fact]
    public async Task Paths_ThatThePageAsksFor_AreOfTheApi()
    {
        var document = await _coordinator.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var api = document.GetProperty("paths").EnumerateObject().Select(path => path.Name["/api/v1/".Length..].Split('/')[^1]).ToHashSet(StringComparer.Ordinal);
        var scripts = await Task.WhenAll(((string[])["overview.js", "experiment.js", "trial.js"]).Select(name => _coordinator.Http.GetStringAsync(new Uri("/" + name, UriKind.Relative))));

        var asked = scripts.SelectMany(text => Asked().Matches(text)).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(new HashSet<string>(["curves", "log", "checkpoints", "artifacts", "workers", "queues"], StringComparer.Ordinal), asked);
        Assert.Superset(asked, api);
    }

    private Task<HttpResponseMessage> Get(string path) => _coordinator.Http.GetAsync(new Uri(path, UriKind.Relative));

    [GeneratedRegex("""(?:href|src|from)[= ]"(?:\./)?([a-z]+\.(?:js|css|svg))["]""")]
    private static partial Regex Named();

    [GeneratedRegex("""(?:get|log|post|file)\([`"](?:\$\{[^}]*\}/)?([a-z]+)[`"?/]""")]
    private static partial Regex Asked();
}
