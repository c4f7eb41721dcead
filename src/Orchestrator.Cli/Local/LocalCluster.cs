using Grpc.Net.Client;
using Orchestrator.Cli.Output;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Local;

/// <summary>A coordinator and workers as children of this process, each started again when it dies.</summary>
internal sealed class LocalCluster : ICluster
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);

    private readonly StateFolder _state;
    private readonly OwnerLock _owner;
    private readonly HostFactory _hosts;
    private readonly SupervisedHost _coordinator;
    private readonly CoordinatorAddress _address;
    private readonly List<SupervisedHost> _workers = [];
    private readonly GrpcChannel _channel;
    private readonly TaskCompletionSource<CliException> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalCluster(StateFolder state, OwnerLock owner, HostFactory hosts, SupervisedHost coordinator, CoordinatorAddress address)
    {
        _state = state;
        _owner = owner;
        _hosts = hosts;
        _coordinator = coordinator;
        _address = address;
        _channel = GrpcChannel.ForAddress(address.Grpc);
        Client = new Experiments.ExperimentsClient(_channel);
        _ = WatchForBreakAsync(coordinator);
    }

    /// <inheritdoc/>
    public Experiments.ExperimentsClient Client { get; }

    /// <inheritdoc/>
    public bool IsOwned => true;

    /// <inheritdoc/>
    public Uri? Page => _address.Http;

    /// <inheritdoc/>
    public Task<CliException> Broken => _broken.Task;

    /// <summary>Starts a coordinator on free ports and waits until it is ready. Owns the lock from then on.</summary>
    /// <exception cref="CliException">It did not get ready; the message has its own last words.</exception>
    public static async Task<LocalCluster> StartAsync(StateFolder state, OwnerLock owner, HostFactory hosts, TimeProvider time, CancellationToken cancel)
    {
        var host = hosts.StartCoordinator(state);
        try
        {
            await host.Process.FirstLine.WaitAsync(ReadyTimeout, time, cancel);
            var address = CoordinatorAddress.TryRead(state.CoordinatorFile);
            if (address?.ProcessId != host.Process.Id) throw NotReady(state, host, null);
            host.Command = hosts.CoordinatorAt(state, address); // A restarted one must be where workers and clients look for it.
            return new LocalCluster(state, owner, hosts, host, address);
        }
        catch (Exception e)
        {
            await host.DisposeAsync();
            owner.Dispose();
            if (e is TimeoutException) throw NotReady(state, host, e);
            throw;
        }
    }

    /// <inheritdoc/>
    public void EnsureWorkers(int count)
    {
        while (_workers.Count < count)
        {
            var worker = _hosts.StartWorker(_state, _workers.Count + 1, _address);
            _workers.Add(worker);
            _ = WatchForBreakAsync(worker);
        }
    }

    /// <inheritdoc/>
    public void Kill()
    {
        foreach (var host in _workers.Append(_coordinator)) host.Kill();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        foreach (var worker in _workers) worker.RequestEnd();
        foreach (var worker in _workers) await worker.DisposeAsync();
        await _coordinator.DisposeAsync();
        _owner.Dispose();
    }

    private async Task WatchForBreakAsync(SupervisedHost host)
    {
        try
        {
            if (await host.GaveUp is { } code) _broken.TrySetResult(DiedTooOften(host.Command, code));
        }
        catch (CliException e)
        {
            _broken.TrySetResult(e);
        }
    }

    private static CliException DiedTooOften(HostCommand command, int code) => new(
        ExitCode.Environment,
        command.Name,
        $"ended again and again, the last time with exit code {code}{LastWords(command.LogFile)}",
        $"see {command.LogFile}, then 'orch resume' goes on from the last checkpoints");

    private static CliException NotReady(StateFolder state, SupervisedHost host, Exception? inner) => new(
        ExitCode.Environment,
        "coordinator",
        (inner is null ? "could not start" : $"was not ready within {Format.Duration(ReadyTimeout.TotalSeconds)}") + LastWords(host.Command.LogFile),
        $"see {host.Command.LogFile}, or choose another state folder than {state.DisplayPath} with --state DIR",
        inner);

    private static string LastWords(string logFile) => LogTail.LastLine(logFile) is { } line ? $" ({Format.Line(WithoutPrefix(line), 300)})" : "";

    private static string WithoutPrefix(string line) => line.StartsWith("error: ", StringComparison.Ordinal) ? line["error: ".Length..].TrimEnd('.') : line;
}
