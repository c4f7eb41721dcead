using Orchestrator.Domain.Errors;

namespace Orchestrator.Cli.Output;

/// <summary>An error for the person at the terminal: lines to print and the code to exit with.</summary>
internal sealed class CliException : OrchestratorException
{
    /// <summary>One fault: where, what, and what to do about it.</summary>
    public CliException(int exitCode, string where, string what, string todo, Exception? inner = null)
        : this(exitCode, [$"error: {where}: {what}; {todo}"], inner)
    {
    }

    /// <summary>Faults that are lines already, such as <c>file:line:column: message</c>.</summary>
    public CliException(int exitCode, IReadOnlyList<string> lines, Exception? inner = null)
        : base("cli." + exitCode, string.Join('\n', lines), inner)
    {
        ExitCode = exitCode;
        Lines = lines;
    }

    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; }

    /// <summary>What is printed, whole.</summary>
    public IReadOnlyList<string> Lines { get; }
}
