using System.CommandLine;
using System.Net;
using Orchestrator.Domain.Identity;
using Orchestrator.ServiceDefaults.Tls;
using Orchestrator.Worker.Generating;

namespace Orchestrator.Worker.Hosting;

/// <summary>The worker's command line.</summary>
internal static class WorkerCommand
{
    public static RootCommand Create()
    {
        var coordinator = new Option<Uri>("--coordinator") { Description = "The coordinator's gRPC address, for instance http://127.0.0.1:7071.", Required = true, CustomParser = ParseUri };
        var name = new Option<string?>("--name") { Description = "The stem of the worker's id; the host's name unless given." };
        var id = new Option<string?>("--id") { Description = "The worker's id, instead of one made from --name; no other process may ever have had it." };
        id.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !WorkerId.TryParse(text, out _)) result.AddError($"--id: '{text}' is no worker id: use 1 to 128 letters, digits, '.', '_' and '-'.");
        });
        var host = new Option<string?>("--host") { Description = "The machine it runs on, where the system does not know it, as in a container." };
        var device = new Option<string>("--device") { Description = "The kind of slot it offers.", DefaultValueFactory = _ => "cpu" };
        device.AcceptOnlyFromAmong("cpu", "cuda");
        var deviceId = new Option<string>("--device-id") { Description = "Which device of this machine it uses; workers that name the same one share it (device_fraction). Without it: one of its own.", DefaultValueFactory = _ => "" };
        var memory = new Option<double?>("--memory-gb") { Description = "How much of this machine's memory trials with memory_gb may take, those of its other workers included (default: all that it has, or what the container of this worker may have for itself)." };
        memory.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } gigabytes && gigabytes is not (> 0 and <= 1_000_000)) result.AddError("--memory-gb: write a number of gigabytes above 0.");
        });
        var rack = new Option<string>("--rack") { Description = "The rack of this machine, for sweeps that want their ranks near to one another.", DefaultValueFactory = _ => "" };
        var zone = new Option<string>("--zone") { Description = "The zone of this machine, for the same.", DefaultValueFactory = _ => "" };
        var experiment = new Option<string?>("--experiment") { Description = "Run trials of this experiment alone, and end when one is over." };
        var gang = new Option<string>("--gang") { Description = "With --experiment: trials run on all workers that name this gang, or on none.", DefaultValueFactory = _ => "" };
        var bind = new Option<IPAddress>("--bind") { Description = "The address to listen on for other ranks.", DefaultValueFactory = _ => IPAddress.Loopback, CustomParser = ParseAddress };
        var advertise = new Option<string?>("--advertise") { Description = "The name or address that other ranks dial, where it differs from --bind." };
        var port = new Option<int>("--port") { Description = "The port for other ranks (0: a free one)." };
        var httpPort = new Option<int>("--http-port") { Description = "The port of /metrics and /healthz (0: a free one)." };
        var exitWithParent = new Option<bool>("--exit-with-parent") { Description = "End when standard input ends." };
        var log = new Option<string>("--log") { Description = "How it logs on standard error: text for people, json for programs.", DefaultValueFactory = _ => "text" };
        log.AcceptOnlyFromAmong("text", "json");
        var tokenFile = new Option<string?>("--token-file") { Description = "The file with the token of the role worker, the same for all workers; read again when it changes.", HelpName = "FILE" };
        var certificate = new Option<string?>("--tls-cert") { Description = "Mutual TLS: the worker's certificate, PEM; read again when it changes.", HelpName = "FILE" };
        var key = new Option<string?>("--tls-key") { Description = "Mutual TLS: the certificate's key, PEM.", HelpName = "FILE" };
        var authority = new Option<string?>("--ca") { Description = "The authority of the coordinator's and of other workers' certificates, PEM (default: for the coordinator, whom the system trusts).", HelpName = "FILE" };
        var insecure = new Option<bool>("--insecure") { Description = "Without certificate and token on other addresses than loopback too: everybody who reaches them may take part in process groups." };
        var command = new RootCommand("Trains: one process, one rank, one device.") { coordinator, id, name, host, device, deviceId, memory, rack, zone, experiment, gang, bind, advertise, port, httpPort, tokenFile, certificate, key, authority, insecure, log, exitWithParent };
        command.SetAction((parsed, cancellationToken) => WorkerHost.Run(
            new WorkerOptions
            {
                Coordinator = parsed.GetValue(coordinator)!,
                Name = parsed.GetValue(id) ?? WorkerNames.Unique(parsed.GetValue(name)),
                Host = parsed.GetValue(host),
                Device = parsed.GetValue(device)!,
                DeviceId = parsed.GetValue(deviceId)!,
                MemoryGb = parsed.GetValue(memory),
                Rack = parsed.GetValue(rack)!,
                Zone = parsed.GetValue(zone)!,
                Experiment = parsed.GetValue(experiment),
                Gang = parsed.GetValue(gang)!,
                Bind = parsed.GetValue(bind)!,
                Advertise = parsed.GetValue(advertise),
                Port = parsed.GetValue(port),
                HttpPort = parsed.GetValue(httpPort),
                Tls = new TlsFiles(parsed.GetValue(certificate), parsed.GetValue(key), parsed.GetValue(authority)),
                TokenFile = parsed.GetValue(tokenFile),
                Insecure = parsed.GetValue(insecure),
                JsonLog = parsed.GetValue(log) == "json",
                ExitWithParent = parsed.GetValue(exitWithParent),
            },
            cancellationToken));
        command.Subcommands.Add(new GenerateCommand());
        return command;
    }

    private static Uri? ParseUri(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")) return uri;
        result.AddError($"--coordinator: '{result.Tokens[0].Value}' is no http address.");
        return null;
    }

    private static IPAddress ParseAddress(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (IPAddress.TryParse(result.Tokens[0].Value, out var address)) return address;
        result.AddError($"--bind: '{result.Tokens[0].Value}' is no IP address.");
        return IPAddress.Loopback;
    }
}
