using Grpc.Core;

namespace Orchestrator.Cli.Output;

/// <summary>What a failed call to the coordinator means to a person.</summary>
internal static class RpcErrors
{
    /// <summary>Whether the coordinator may answer if asked again in a moment.</summary>
    public static bool IsTransient(RpcException error) =>
        error.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Internal or StatusCode.Unknown or StatusCode.DeadlineExceeded or StatusCode.Aborted;

    /// <summary>Whether the coordinator is there and does not let this program in.</summary>
    public static bool IsRefusal(RpcException error) => error.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied;

    /// <summary>The error to print.</summary>
    public static CliException ToCliException(RpcException error)
    {
        var detail = error.Status.Detail;
        return error.StatusCode switch
        {
            StatusCode.InvalidArgument => new CliException(ExitCode.Usage, detail.Split('\n', StringSplitOptions.RemoveEmptyEntries), error),
            StatusCode.NotFound when detail.StartsWith("There is no trial", StringComparison.Ordinal) => new CliException(ExitCode.Usage, "coordinator", Trim(detail), "'orch status EXPERIMENT' lists them", error),
            StatusCode.NotFound => new CliException(ExitCode.Usage, "coordinator", Trim(detail.Split(';')[0]), "'orch status' lists the experiments", error),
            StatusCode.FailedPrecondition => new CliException(ExitCode.Usage, "coordinator", Trim(detail), "'orch status' shows where the experiment is", error),
            StatusCode.Unauthenticated => new CliException(ExitCode.Environment, "coordinator", Trim(detail), "set ORCH_TOKEN or --token-file to a token of this coordinator's file", error),
            StatusCode.PermissionDenied => new CliException(ExitCode.Environment, "coordinator", Trim(detail), "ask for a token of another role or team", error),
            StatusCode.Unavailable or StatusCode.DeadlineExceeded => new CliException(ExitCode.Environment, "coordinator", $"does not answer ({Trim(detail)})", "check that it runs and that the address is right", error),
            _ => new CliException(ExitCode.Environment, "coordinator", $"{error.StatusCode}: {Trim(detail)}", "see the coordinator's log", error),
        };
    }

    private static string Trim(string detail) => Format.Line(detail, 500).TrimEnd('.', ' ');
}
