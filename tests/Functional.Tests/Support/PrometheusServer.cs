using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Functional.Tests.Support;

/// <summary>A real Prometheus that scrapes every second what it is told to. Killed when disposed.</summary>
internal sealed partial class PrometheusServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly HttpClient _http;
    private readonly DateTimeOffset _startedAt = TimeProvider.System.GetUtcNow();

    private PrometheusServer(TemporaryFolder folder, Process process, Uri address)
    {
        (_folder, _process) = (folder, process);
        _error = process.StandardError.ReadToEndAsync(); // it must not block on a full pipe
        _http = new HttpClient { BaseAddress = address };
    }

    public static async Task<PrometheusServer> StartAsync()
    {
        var folder = new TemporaryFolder();
        var targets = folder.Write("targets.json", "[]");
        var file = folder.Write("prometheus.yml", $$"""
            global: {scrape_interval: 1s}
            scrape_configs: [{job_name: orchestrator, tls_config: {insecure_skip_verify: true}, file_sd_configs: [{files: ["{{targets}}"], refresh_interval: 1s}]}]
            """);
        string[] arguments = [$"--config.file={file}", $"--storage.tsdb.path={folder.At("data")}", "--web.listen-address=127.0.0.1:0"];
        var process = Process.Start(new ProcessStartInfo("/usr/bin/prometheus", arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        while (await process.StandardError.ReadLineAsync().WaitAsync(OrchProcess.Patience) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match) return new PrometheusServer(folder, process, new Uri($"http://{match.Groups["address"].Value}"));
        }
        Assert.Fail("Prometheus did not start.");
        return null!;
    }

    /// <summary>Scrapes these, <c>http://host:port</c>, from now on.</summary>
    public void Scrape(IEnumerable<string> addresses)
    {
        var targets = new JsonArray([.. addresses.Select(a => new Uri(a)).Select(a => new JsonObject
        {
            ["targets"] = new JsonArray(a.Authority),
            ["labels"] = new JsonObject { ["__scheme__"] = a.Scheme },
        })]);
        _folder.Write("targets.new", targets.ToJsonString());
        File.Move(_folder.At("targets.new"), _folder.At("targets.json"), overwrite: true);
    }

    /// <summary>How many series a query has had since the start: what a panel would show. Fails where the query does not parse.</summary>
    public async Task<int> Series(string query)
    {
        var (start, end) = (_startedAt.ToUnixTimeSeconds(), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        using var response = await _http.GetAsync($"/api/v1/query_range?start={start}&end={end}&step=1&query={Uri.EscapeDataString(query)}").WaitAsync(OrchProcess.Patience);
        var answer = await response.Content.ReadFromJsonAsync<JsonNode>();
        Assert.True((string?)answer!["status"] == "success", $"{query}: {answer["error"]}");
        return answer["data"]!["result"]!.AsArray().Count;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(OrchProcess.Patience);
        await _error.WaitAsync(OrchProcess.Patience);
        _process.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    [GeneratedRegex(@"msg=""Listening on"" address=(?<address>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();
}
