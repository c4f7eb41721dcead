using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Orchestrator.ServiceDefaults.Tls;
using Orchestrator.Storage.Redis;

namespace Orchestrator.Coordinator.Hosting;

/// <summary>The coordinator's command line.</summary>
internal static class CoordinatorCommand
{
    private const string MetadataVariable = "ORCH_METADATA";
    private const string AuthorityVariable = "ORCH_METADATA_CA";

    /// <summary>Makes the command; <paramref name="run"/> gives the exit code.</summary>
    public static RootCommand Create(Func<CoordinatorOptions, CancellationToken, Task<int>> run)
    {
        var state = new Option<string>("--state") { Description = "The folder that holds everything the coordinator keeps.", DefaultValueFactory = _ => ".orch" };
        var bind = new Option<IPAddress>("--bind")
        {
            Description = "The address to listen on.",
            DefaultValueFactory = _ => IPAddress.Loopback,
            CustomParser = result =>
            {
                if (IPAddress.TryParse(result.Tokens[0].Value, out var address)) return address;
                result.AddError($"--bind: '{result.Tokens[0].Value}' is no IP address.");
                return IPAddress.Loopback;
            },
        };
        var port = PortOption("--port", "REST, metrics and health (0: a free port).", CoordinatorOptions.DefaultHttpPort);
        var grpcPort = PortOption("--grpc-port", "Workers and clients over gRPC (0: a free port).", CoordinatorOptions.DefaultGrpcPort);
        var metadata = MetadataOption();
        var checkpoints = new Option<string?>("--checkpoints")
        {
            Description = "The folder of checkpoints, which all workers and coordinators reach under this name, or s3://BUCKET/PREFIX[?endpoint=URL][&region=NAME][&path_style=true] (default: the one that was given last, else experiments/ in the state folder).",
            HelpName = "DIR|URL",
        };
        checkpoints.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } given && CheckpointRoot.Fault(given) is { } fault) result.AddError($"--checkpoints: {fault}");
        });
        var siloPort = PortOption("--silo-port", "Other coordinators, in the upstream build (0: a free port).", 0);
        var exitWithParent = new Option<bool>("--exit-with-parent") { Description = "End when standard input ends." };
        var pool = new Option<string?>("--pool") { Description = "A YAML file with the teams' queues, quotas and weights (docs/placement.md).", HelpName = "FILE" };
        var kubernetes = new Option<string?>("--kubernetes") { Description = "A YAML file with the pools of worker Pods that this coordinator keeps in Kubernetes (docs/kubernetes.md).", HelpName = "FILE" };
        var kubeConfig = new Option<string?>("--kubeconfig") { Description = "How to reach that cluster (default: the one that this process runs in).", HelpName = "FILE" };
        var log = new Option<string>("--log") { Description = "How it logs on standard error: text for people, json for programs.", DefaultValueFactory = _ => "text" };
        log.AcceptOnlyFromAmong("text", "json");
        var tokens = new Option<string?>("--tokens") { Description = "The file with the tokens of people, programs and workers ('orch token new' makes its lines); read again when it changes. Without it everybody may do everything, on loopback only.", HelpName = "FILE" };
        var oidc = new Option<string?>("--oidc") { Description = "The file that says which OpenID Connect provider's tokens let people in, and as what (docs/operations.md); read again when it changes.", HelpName = "FILE" };
        var certificate = new Option<string?>("--tls-cert") { Description = "TLS: the certificate, PEM; read again when it changes.", HelpName = "FILE" };
        var key = new Option<string?>("--tls-key") { Description = "TLS: the certificate's key, PEM.", HelpName = "FILE" };
        var clientAuthority = new Option<string?>("--client-ca") { Description = "The authority of workers' certificates, PEM: who has one of its certificates is a worker.", HelpName = "FILE" };
        var insecure = new Option<bool>("--insecure") { Description = "Without --tokens on other addresses than loopback too: everybody who reaches them may do everything." };
        var command = new RootCommand("Proposes trials, places them on workers, and keeps what happened.") { state, bind, port, grpcPort, metadata, checkpoints, siloPort, pool, kubernetes, kubeConfig, tokens, oidc, certificate, key, clientAuthority, insecure, log, exitWithParent, PoolCommand.Create() };
        command.SetAction((parsed, cancellationToken) => run(
            new CoordinatorOptions(parsed.GetValue(state)!, parsed.GetValue(bind)!, parsed.GetValue(port), parsed.GetValue(grpcPort), parsed.GetValue(exitWithParent))
            {
                Redis = parsed.GetValue(metadata),
                Checkpoints = parsed.GetValue(checkpoints),
                SiloPort = parsed.GetValue(siloPort),
                Pool = parsed.GetValue(pool),
                Kubernetes = parsed.GetValue(kubernetes),
                KubeConfig = parsed.GetValue(kubeConfig),
                Tokens = parsed.GetValue(tokens),
                Oidc = parsed.GetValue(oidc),
                Tls = new TlsFiles(parsed.GetValue(certificate), parsed.GetValue(key), parsed.GetValue(clientAuthority)),
                Insecure = parsed.GetValue(insecure),
                JsonLog = parsed.GetValue(log) == "json",
            },
            cancellationToken));
        return command;
    }

    /// <summary>The URL may hold a password, which other users of the machine could read in a list of processes: the variable keeps it from there.</summary>
    private static Option<RedisStoreOptions?> MetadataOption()
    {
        var option = new Option<RedisStoreOptions?>("--metadata")
        {
            Description = $"Where the journal and the checkpoint catalogue are kept: sqlite (in the state folder), or redis://[:PASSWORD@]HOST[:PORT][/DATABASE][?prefix=PREFIX][&ca=FILE], rediss:// for TLS (default: ${MetadataVariable}, else sqlite; of ca: ${AuthorityVariable}).",
            HelpName = "URL",
        };
        option.DefaultValueFactory = result => Parse(Environment.GetEnvironmentVariable(MetadataVariable), MetadataVariable, result);
        option.CustomParser = result => Parse(result.Tokens[0].Value, option.Name, result);
        return option;

        static RedisStoreOptions? Parse(string? text, string source, ArgumentResult result)
        {
            if (string.IsNullOrEmpty(text) || text == "sqlite") return null;
            try
            {
                return RedisStoreOptions.Parse(text, Environment.GetEnvironmentVariable(AuthorityVariable));
            }
            catch (FormatException exception)
            {
                result.AddError($"{source}: {exception.Message}");
                return null;
            }
        }
    }

    private static Option<int> PortOption(string name, string description, int standard)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535) result.AddError($"{name}: a port is 0 to 65535.");
        });
        return option;
    }
}
