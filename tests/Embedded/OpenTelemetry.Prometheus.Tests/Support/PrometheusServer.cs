using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace OpenTelemetry.Prometheus.Tests.Support;

/// <summary>A Prometheus server that scrapes one target every second.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Process _process;
    private readonly HttpClient _client;
    private readonly Task _log;

    private PrometheusServer(DirectoryInfo folder, Process process, Uri address, Task log)
    {
        (_folder, _process, _log) = (folder, process, log);
        _client = new HttpClient { BaseAddress = address, Timeout = Tool.Patience };
    }

    public static async Task<PrometheusServer> StartAsync(Uri target)
    {
        var folder = Directory.CreateTempSubdirectory("prometheus-");
        var configuration = Path.Combine(folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, $$"""
            global: { scrape_interval: 1s }
            scrape_configs:
              - job_name: test
                static_configs: [ { targets: [ '{{target.Authority}}' ] } ]
            """);
        var port = FreePort();
        var process = Tool.Start(
            "prometheus", $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(folder.FullName, "data")}",
            $"--web.listen-address=127.0.0.1:{port}");
        var ready = new TaskCompletionSource();
        var log = ReadLogAsync(process, ready);
        await ready.Task.WaitAsync(Tool.Patience);
        return new PrometheusServer(folder, process, new Uri($"http://127.0.0.1:{port}"), log);
    }

    /// <summary>The value of a query that yields one series; null if it yields none.</summary>
    public async Task<string?> QueryAsync(string query)
    {
        var answer = await _client.GetFromJsonAsync<JsonElement>($"/api/v1/query?query={Uri.EscapeDataString(query)}");
        var result = answer.GetProperty("data").GetProperty("result");
        return result.GetArrayLength() == 0 ? null : result[0].GetProperty("value")[1].GetString();
    }

    /// <summary>Why the latest scrape failed; empty if it did not.</summary>
    public async Task<string?> LastErrorAsync()
    {
        var answer = await _client.GetFromJsonAsync<JsonElement>("/api/v1/targets");
        return answer.GetProperty("data").GetProperty("activeTargets")[0].GetProperty("lastError").GetString();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Tool.Patience);
        await _log;
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task ReadLogAsync(Process process, TaskCompletionSource ready)
    {
        var log = new List<string>();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            log.Add(line);
            if (line.Contains("ready to receive web requests", StringComparison.Ordinal)) ready.TrySetResult();
        }
        ready.TrySetException(new InvalidOperationException(string.Join('\n', log)));
    }

    // Prometheus does not say which port it was given for port 0.
    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        socket.Start();
        return ((System.Net.IPEndPoint)socket.LocalEndpoint).Port;
    }
}
