using Grpc.Core;

namespace Orchestrator.Cli.Output;

/// <summary>Prints what went wrong and says what to exit with.</summary>
internal static class ErrorPrinter
{
    /// <summary>Prints the lines of an error.</summary>
    /// <returns>The exit code.</returns>
    public static int Print(Exception error, TextWriter output)
    {
        var shown = error switch
        {
            CliException e => e,
            RpcException e => RpcErrors.ToCliException(e),
            IOException or UnauthorizedAccessException => new CliException(ExitCode.Environment, "files", error.Message.TrimEnd('.'), "check the path, its permissions and the free space", error),
            _ => null,
        };
        if (shown is null)
        {
            // Not foreseen: the whole of it, so that it can be reported.
            output.WriteLine($"error: orch: unexpected: {error}");
            return ExitCode.Environment;
        }
        foreach (var line in shown.Lines) output.WriteLine(line);
        return shown.ExitCode;
    }
}
