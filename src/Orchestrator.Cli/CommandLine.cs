using System.CommandLine;
using System.CommandLine.Invocation;
using Orchestrator.Cli.Commands;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli;

/// <summary>Reads a command line, runs it and gives the exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line. Prints every error; throws none.</summary>
    public static async Task<int> RunAsync(string[] arguments, CliContext context)
    {
        var terminal = context.Terminal;
        try
        {
            var result = OrchCommand.Create(context).Parse(arguments);
            if (result.Action is ParseErrorAction) return BadUsage(result, terminal);
            return await result.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception e) when (context.Interrupts.Asked.IsCancellationRequested && IsCancellation(e))
        {
            terminal.Error.WriteLine("interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            return ErrorPrinter.Print(e, terminal.Error);
        }
    }

    private static int BadUsage(ParseResult result, Terminal terminal)
    {
        var command = result.CommandResult.Command;
        var name = PathOf(command);
        if (command is RootCommand && result.UnmatchedTokens is [var word, ..])
        {
            var likely = Suggestion.Nearest(word, command.Subcommands.Select(each => each.Name));
            terminal.Error.WriteLine($"error: orch: there is no command '{word}'; {(likely is null ? "" : $"did you mean '{likely}'? ")}see 'orch --help'");
            return ExitCode.Usage;
        }
        foreach (var error in result.Errors) terminal.Error.WriteLine($"error: {name}: {error.Message.TrimEnd('.')}; see '{name} --help'");
        return ExitCode.Usage;
    }

    /// <summary>What a person types for a command: <c>orch run</c>, <c>orch bench search</c>.</summary>
    private static string PathOf(Command command) =>
        command is RootCommand || command.Parents.OfType<Command>().FirstOrDefault() is not { } parent ? "orch" : PathOf(parent) + " " + command.Name;

    private static bool IsCancellation(Exception error) =>
        error is OperationCanceledException or Grpc.Core.RpcException { StatusCode: Grpc.Core.StatusCode.Cancelled };
}
