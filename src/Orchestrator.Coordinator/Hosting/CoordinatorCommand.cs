using System.CommandLine;
using System.Net;

namespace Orchestrator.Coordinator.Hosting;

/// <summary>The coordinator's command line.</summary>
internal static class CoordinatorCommand
{
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
        var exitWithParent = new Option<bool>("--exit-with-parent") { Description = "End when standard input ends." };
        var command = new RootCommand("Proposes trials, places them on workers, and keeps what happened.") { state, bind, port, grpcPort, exitWithParent };
        command.SetAction((parsed, cancellationToken) => run(
            new CoordinatorOptions(parsed.GetValue(state)!, parsed.GetValue(bind)!, parsed.GetValue(port), parsed.GetValue(grpcPort), parsed.GetValue(exitWithParent)),
            cancellationToken));
        return command;
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
