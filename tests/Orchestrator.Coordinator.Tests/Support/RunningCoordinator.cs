using System.Net;
using System.Text.Json;
using Grpc.Net.Client;
using Orchestrator.Coordinator.Hosting;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Coordinator.Tests.Support;

/// <summary>A whole coordinator in this process, on free ports, over a state folder that may outlive it.</summary>
internal sealed class RunningCoordinator : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task<int> _run;

    private RunningCoordinator(Task<int> run, CancellationTokenSource stop, Uri http, Uri grpc)
    {
        (_run, _stop) = (run, stop);
        GrpcAddress = grpc;
        Http = new HttpClient { BaseAddress = http, Timeout = Patience };
        Channel = GrpcChannel.ForAddress(grpc);
    }

    public Uri GrpcAddress { get; }

    public HttpClient Http { get; }
    public GrpcChannel Channel { get; }

    public static CoordinatorOptions Options(TemporaryFolder state) => new(state.Path, IPAddress.Loopback, 0, 0, ExitWithParent: false);

    public static async Task<RunningCoordinator> Start(TemporaryFolder state, Func<CoordinatorOptions, CoordinatorOptions>? change = null)
    {
        var options = change?.Invoke(Options(state)) ?? Options(state);
        var stop = new CancellationTokenSource();
        using var published = new FileSystemWatcher(state.Path, "coordinator.json") { EnableRaisingEvents = true };
        var appeared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        published.Renamed += (_, _) => appeared.TrySetResult();
        var run = Task.Run(() => CoordinatorHost.Run(options, stop.Token));
        await Task.WhenAny(run, appeared.Task).WaitAsync(Patience);
        if (run.IsCompleted) throw new InvalidOperationException($"The coordinator ended with {await run}.");
        using var endpoints = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(state.Path, "coordinator.json")));
        return new RunningCoordinator(run, stop, Address(endpoints, "http"), Address(endpoints, "grpc"));
    }

    public async Task<int> Stop()
    {
        await _stop.CancelAsync();
        return await _run.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Channel.Dispose();
        await Stop();
        _stop.Dispose();
    }

    private static Uri Address(JsonDocument endpoints, string name) => new(endpoints.RootElement.GetProperty(name).GetString()!);
}
