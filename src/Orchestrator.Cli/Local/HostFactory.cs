using Orchestrator.Cli.Progress;

namespace Orchestrator.Cli.Local;

/// <summary>Knows the command lines of the hosts and starts them supervised.</summary>
/// <param name="launcher">Starts processes.</param>
/// <param name="policy">When one that died is started again.</param>
/// <param name="time">The clock.</param>
/// <param name="sink">Told of what happens.</param>
/// <param name="metadata">Where a coordinator keeps its metadata; null: as the environment says.</param>
/// <param name="checkpoints">Where a coordinator keeps checkpoints; null: as its state folder says.</param>
internal sealed class HostFactory(IHostLauncher launcher, RestartPolicy policy, TimeProvider time, IProgressSink sink, string? metadata = null, string? checkpoints = null)
{
    /// <summary>Tells a coordinator where its metadata is kept. Not its command line, which other users of the machine can read: the URL may hold a password.</summary>
    public const string MetadataVariable = "ORCH_METADATA";

    private readonly Dictionary<string, string> _coordinatorEnvironment = new(
        metadata is null ? [] : [KeyValuePair.Create(MetadataVariable, metadata)], StringComparer.Ordinal);

    private const string CoordinatorAssembly = "Orchestrator.Coordinator.dll";

    /// <summary>The worker's assembly, which also draws pictures.</summary>
    public const string WorkerAssembly = "Orchestrator.Worker.dll";

    /// <summary>Starts a coordinator on free ports of the loopback interface.</summary>
    public SupervisedHost StartCoordinator(StateFolder state) => Start(Coordinator(state, 0, 0));

    /// <summary>How a coordinator is started where one was before.</summary>
    public HostCommand CoordinatorAt(StateFolder state, CoordinatorAddress address) => Coordinator(state, address.Http.Port, address.Grpc.Port);

    /// <summary>Starts a worker with one thread for the tensor library.</summary>
    public SupervisedHost StartWorker(StateFolder state, int number, CoordinatorAddress address)
    {
        var name = $"worker-{number}";
        return Start(new HostCommand(name, WorkerAssembly, ["--coordinator", address.Grpc.GetLeftPart(UriPartial.Authority), "--exit-with-parent"], state.LogFile(name))
        {
            Environment = OneThread,
        });
    }

    /// <summary>Ranks that share a machine must not fight for its cores, nor spin while they wait for each other.</summary>
    public static IReadOnlyDictionary<string, string> OneThread { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OMP_NUM_THREADS"] = "1",
        ["OMP_WAIT_POLICY"] = "passive",
    };

    private SupervisedHost Start(HostCommand command) => new(new TellingLauncher(launcher, sink), command, policy, time, sink.Note);

    private HostCommand Coordinator(StateFolder state, int port, int grpcPort) => new(
        "coordinator",
        CoordinatorAssembly,
        ["--state", state.Path, "--port", $"{port}", "--grpc-port", $"{grpcPort}", "--exit-with-parent", .. checkpoints is null ? (string[])[] : ["--checkpoints", checkpoints]],
        state.LogFile("coordinator"))
    {
        Environment = _coordinatorEnvironment,
    };

    private sealed class TellingLauncher(IHostLauncher inner, IProgressSink sink) : IHostLauncher
    {
        public IHostProcess Start(HostCommand command)
        {
            var process = inner.Start(command);
            sink.HostStarted(command.Name, process.Id);
            return process;
        }
    }
}
