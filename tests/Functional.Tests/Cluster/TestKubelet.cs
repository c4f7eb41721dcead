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
/// Plays the kubelets of all nodes: for each worker's Pod that the scheduler has bound it starts a real worker process with the Pod's own arguments,
/// and says in the Pod's status what becomes of it. A deleted Pod's process gets SIGTERM and, when it has ended, the Pod goes.
/// </summary>
internal sealed class TestKubelet : IAsyncDisposable
{
    private readonly KubernetesClient _client;
    private readonly Mirror<Pod> _pods;
    private readonly string _coordinator;
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
    public TestKubelet(string kubeConfig, string @namespace, string coordinator, KubernetesInstruments instruments)
    {
        _coordinator = coordinator;
        var access = KubeConfig.Read(kubeConfig, null, TimeProvider.System) with { Namespace = @namespace };
        _client = new KubernetesClient(access, ClusterHandler.Create(access), instruments, TimeProvider.System);
        _pods = new Mirror<Pod>(
            _client, Kinds.Pods, new Selection(@namespace, "app.kubernetes.io/component=worker"), () => _changes.Writer.TryWrite(true), instruments, TimeProvider.System, NullLogger.Instance);
        _running = [_pods.Run(_stop.Token), Run()];
    }

    /// <summary>How many processes it has started.</summary>
    public int Started => _told.Count;

    /// <summary>The Pods.</summary>
    public IReadOnlyDictionary<string, Pod> Pods => _pods.Objects;

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
        var node = (string)pod["spec"]!["nodeName"]!;
        string[] arguments = [.. pod["spec"]!["containers"]![0]!["args"]!.AsArray().Select(a => ((string)a!).Replace("$(POD_NAME)", name, StringComparison.Ordinal).Replace("$(NODE_NAME)", node, StringComparison.Ordinal))];
        // What the Pod's own network would make of these.
        Set(arguments, "--coordinator", _coordinator);
        Set(arguments, "--bind", "127.0.0.1");
        Set(arguments, "--advertise", "127.0.0.1");
        Set(arguments, "--port", "0");
        Set(arguments, "--http-port", "0");
        var process = Process.Start(OrchProcess.StartInfo([.. arguments, "--exit-with-parent"]))!;
        _processes[name] = process;
        _waiting.Add(Follow(name, process));
        await Patch(name, new JsonObject { ["phase"] = "Running", ["podIP"] = "127.0.0.1" });
    }

    private async Task Follow(string name, Process process)
    {
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), process.WaitForExitAsync());
        Ended[name] = process.ExitCode;
        if (_stop.IsCancellationRequested) return;
        await Patch(name, new JsonObject
        {
            ["phase"] = process.ExitCode == 0 ? "Succeeded" : "Failed",
            ["containerStatuses"] = new JsonArray(new JsonObject
            {
                ["name"] = "worker", ["image"] = "orch", ["imageID"] = "", ["ready"] = false, ["restartCount"] = 0,
                ["state"] = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = process.ExitCode, ["reason"] = process.ExitCode == 0 ? "Completed" : "Error" } },
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

    private static void Set(string[] arguments, string option, string value) => arguments[Array.IndexOf(arguments, option) + 1] = value;
}
