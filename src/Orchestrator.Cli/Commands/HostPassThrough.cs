using System.CommandLine;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch coordinator</c> and <c>orch worker</c>: this process becomes the host, with the arguments as they are.</summary>
internal static class HostPassThrough
{
    private static readonly Dictionary<string, string> Assemblies = new(StringComparer.Ordinal)
    {
        ["coordinator"] = "Orchestrator.Coordinator",
        ["pool"] = "Orchestrator.Coordinator",
        ["worker"] = "Orchestrator.Worker",
    };

    /// <summary>The commands, for the help: their arguments are the hosts' own.</summary>
    public static IEnumerable<Command> Commands =>
    [
        new("coordinator", "Run a coordinator, for clusters: --state DIR [--metadata URL] [--bind ADDRESS] [--port N] [--grpc-port N] [--pool FILE] [--tokens FILE] [--oidc FILE] [--tls-cert FILE --tls-key FILE] [--client-ca FILE]"),
        new("pool", "Pools of worker Pods in a cluster: gc INSTALLATION [--kubeconfig FILE] [--dry-run]"),
        new("worker", "Run a worker, for clusters: --coordinator URL [--name N] [--device cpu] [--device-id ID] [--memory-gb N] [--rack NAME] [--zone NAME] [--bind ADDRESS] [--port N] [--token-file FILE] [--tls-cert FILE --tls-key FILE --ca FILE]"),
    ];

    /// <summary>Runs the host that a command line means.</summary>
    /// <param name="arguments">The whole command line.</param>
    /// <param name="exitCode">What the host ended with.</param>
    /// <returns>False where the command line means no host.</returns>
    public static bool TryRun(string[] arguments, out int exitCode)
    {
        exitCode = 0;
        if (arguments.Length == 0 || !Assemblies.TryGetValue(arguments[0], out var assembly)) return false;
        exitCode = AppDomain.CurrentDomain.ExecuteAssemblyByName(assembly, arguments[0] == "pool" ? arguments : arguments[1..]);
        return true;
    }
}
