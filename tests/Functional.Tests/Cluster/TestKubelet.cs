using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Functional.Tests.Support;
using Orchestrator.Kubernetes.Access;
using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Telemetry;
using Orchestrator.Kubernetes.Watching;

namespace Orchestrator.Functional.Tests.Cluster;

/// <summary>
/// Plays the kubelets of all nodes: for each Pod of a worker or of <c>helm test</c> that the scheduler has bound it starts a real process with the Pod's own arguments
/// and configuration files, and says in the Pod's status what becomes of it: that it is ready when its readiness probe says so, and how it ended. A deleted Pod's process
/// gets SIGTERM and, when it has ended, the Pod goes.
/// </summary>
internal sealed class TestKubelet : IAsyncDisposable
{
    private const int MaxMessage = 1000;
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(200);

    private readonly KubernetesClient _client;
    private readonly Mirror<Pod> _pods;
    private readonly HostProcess _coordinator;
    private readonly MountedFiles _files;
    private readonly HttpClient _http = new();
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Process> _processes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> _waiting = [];
    private readonly List<Task> _running;

    /// <param name="kubeConfig">A kubeconfig with the rights of kubelets.</param>
    /// <param name="namespace">The namespace of the Pods.</param>
    /// <param name="coordinator">Where the coordinator really is.</param>
    /// <param name="instruments">Counts its requests.</param>
    public TestKubelet(string kubeConfig, string @namespace, HostProcess coordinator, KubernetesInstruments instruments)
    {
        _coordinator = coordinator;
        var access = KubeConfig.Read(kubeConfig, null, TimeProvider.System) with { Namespace = @namespace };
        _client = new KubernetesClient(access, ClusterHandler.Create(access), instruments, TimeProvider.System);
        _files = new MountedFiles(_client);
        _pods = new Mirror<Pod>(
            _client, Kinds.Pods, new Selection(@namespace, "app.kubernetes.io/component in (worker,test)"), () => _changes.Writer.TryWrite(true), instruments, TimeProvider.System, NullLogger.Instance);
        _running = [_pods.Run(_stop.Token), Run()];
    }

    /// <summary>How many processes it has started.</summary>
    public int Started => _told.Count;

    /// <summary>The Pods.</summary>
    public IReadOnlyDictionary<string, Pod> Pods => _pods.Objects;

    /// <summary>The names of those that run.</summary>
    public IReadOnlyList<string> Running => [.. Pods.Values.Where(p => p.Status.Phase == "Running").Select(p => p.Metadata.Name).Order(StringComparer.Ordinal)];

    /// <summary>Where the Pods' processes answer HTTP.</summary>
    public ConcurrentDictionary<string, string> Addresses { get; } = new(StringComparer.Ordinal);

    /// <summary>Pods whose readiness probe has succeeded.</summary>
    public ConcurrentDictionary<string, bool> Ready { get; } = new(StringComparer.Ordinal);

    /// <summary>Exit codes of processes that have ended, by Pod.</summary>
    public ConcurrentDictionary<string, int> Ended { get; } = new(StringComparer.Ordinal);

    /// <summary>How long each process took to leave after SIGTERM.</summary>
    public ConcurrentBag<TimeSpan> Farewells { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).WaitAsync(OrchProcess.Patience);
        foreach (var process in _processes.Values)
        {
            if (!process.HasExited) process.Kill();
        }
        await Task.WhenAll(_waiting).WaitAsync(OrchProcess.Patience);
        _client.Dispose();
        _http.Dispose();
        _files.Dispose();
        _stop.Dispose();
    }

    private async Task Run()
    {
        try
        {
            while (await _changes.Reader.WaitToReadAsync(_stop.Token))
            {
                _changes.Reader.TryRead(out _);
                foreach (var pod in _pods.Objects.Values) await Sync(pod);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test ends.
        }
    }

    private async Task Sync(Pod pod)
    {
        var name = pod.Metadata.Name;
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            if (_processes.TryGetValue(name, out var process) && !process.HasExited) Terminate(name, process);
            else await Remove(name);
        }
        else if (pod.Spec.NodeName is not null && pod.Status.Phase == "Pending" && _told.TryAdd(name, true))
        {
            await Start(name);
        }
    }

    private void Terminate(string name, Process process)
    {
        if (!_told.TryUpdate(name, false, true)) return;
        var started = TimeProvider.System.GetTimestamp();
        Signals.Send(process.Id, "TERM");
        _waiting.Add(process.WaitForExitAsync().ContinueWith(_ => Farewells.Add(TimeProvider.System.GetElapsedTime(started)), TaskScheduler.Default));
    }

    private async Task Start(string name)
    {
        JsonNode pod = null!;
        if (!await Insist(async () => pod = await _client.Get(Kinds.Pods.Path(_client.Namespace, name), ModelJson.Of<JsonNode>(), _stop.Token))) return;
        var process = Process.Start(await StartInfo(name, pod))!;
        _processes[name] = process;
        _waiting.Add(Follow(name, process));
        await Patch(name, new JsonObject { ["phase"] = "Running", ["podIP"] = "127.0.0.1" });
    }

    /// <summary>The Pod's arguments and environment, with what the Pod's own network and file system would make of them.</summary>
    private async Task<ProcessStartInfo> StartInfo(string name, JsonNode pod)
    {
        var (spec, container) = (pod["spec"]!, pod["spec"]!["containers"]![0]!);
        var files = await _files.Mount(spec, container, _stop.Token);
        var node = (string)spec["nodeName"]!;
        string[] arguments = [.. container["args"]!.AsArray().Select(a => Local((string)a!).Replace("$(POD_NAME)", name, StringComparison.Ordinal).Replace("$(NODE_NAME)", node, StringComparison.Ordinal))];
        if (arguments[0] == "worker")
        {
            foreach (var (option, value) in ((string, string)[])[("--bind", "127.0.0.1"), ("--advertise", "127.0.0.1"), ("--port", "0"), ("--http-port", "0")]) Set(arguments, option, value);
        }
        Set(arguments, "--coordinator", _coordinator.Grpc);
        if (arguments[0] == "worker") arguments = [.. arguments, "--exit-with-parent"];
        var start = OrchProcess.StartInfo(arguments);
        foreach (var variable in container["env"]!.AsArray().Where(v => ((string)v!["name"]!).StartsWith("ORCH_", StringComparison.Ordinal)))
            start.Environment[(string)variable!["name"]!] = variable["value"] is { } value ? Local((string)value!) : await _files.Secret(variable["valueFrom"]!["secretKeyRef"]!, _stop.Token);
        return start;

        string Local(string word) => files.GetValueOrDefault(word, word);
    }

    /// <summary>The readiness probe, until it succeeds once.</summary>
    private async Task Probe(string name, Process process, string line)
    {
        if (HostProcess.HttpOf(line) is not { } address) return;
        Addresses[name] = address;
        while (!process.HasExited && !_stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await _http.GetAsync($"{address}/readyz", _stop.Token);
                Ready[name] = answer.IsSuccessStatusCode;
                if (!answer.IsSuccessStatusCode) continue;
                await Patch(name, new JsonObject { ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True" }) });
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                // It has not begun to listen, or has ended.
            }
            finally
            {
                await Task.Delay(ProbeEvery, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Follow(string name, Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        if (await process.StandardOutput.ReadLineAsync() is { } line) _waiting.Add(Probe(name, process, line));
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), error, process.WaitForExitAsync());
        Ended[name] = process.ExitCode;
        if (_stop.IsCancellationRequested) return;
        await Patch(name, new JsonObject
        {
            ["phase"] = process.ExitCode == 0 ? "Succeeded" : "Failed",
            ["containerStatuses"] = new JsonArray(new JsonObject
            {
                ["name"] = "worker", ["image"] = "orch", ["imageID"] = "", ["ready"] = false, ["restartCount"] = 0,
                ["state"] = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = process.ExitCode, ["reason"] = process.ExitCode == 0 ? "Completed" : "Error", ["message"] = process.ExitCode == 0 ? "" : Tail(await error) } },
            }),
        });
        if (_pods.Objects.GetValueOrDefault(name)?.Metadata.DeletionTimestamp is not null) await Remove(name);
        _changes.Writer.TryWrite(true);
    }

    private Task<bool> Patch(string name, JsonObject status) =>
        Insist(() => _client.Patch(Kinds.Pods, _client.Namespace, name, PatchKind.Merge, new JsonObject { ["status"] = status.DeepClone() }, _stop.Token, "status"));

    private Task<bool> Remove(string name) => Insist(() => _client.Delete(Kinds.Pods, _client.Namespace, name, null, TimeSpan.Zero, _stop.Token));

    /// <summary>Asks until the API server answers, since a test restarts it.</summary>
    /// <returns>False where the object is gone, or the test ends.</returns>
    private static async Task<bool> Insist(Func<Task> request)
    {
        while (true)
        {
            try
            {
                await request();
                return true;
            }
            catch (Exception exception) when (exception is KubernetesException { Status: HttpStatusCode.NotFound } or OperationCanceledException)
            {
                return false;
            }
            catch (KubernetesException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
            }
        }
    }

    private static string Tail(string text) => text.Length <= MaxMessage ? text : text[^MaxMessage..];

    private static void Set(string[] arguments, string option, string value) => arguments[Array.IndexOf(arguments, option) + 1] = value;
}
