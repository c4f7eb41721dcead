using Orchestrator.Cli.Commands;

namespace Orchestrator.Cli.Progress;

/// <summary>Chooses how progress is shown.</summary>
internal static class ProgressDisplays
{
    /// <summary>JSON lines on standard error with <c>--json</c>, a table in a terminal, plain lines elsewhere.</summary>
    public static IProgressDisplay Create(CliContext context, bool json)
    {
        if (json) return new JsonProgress(context.Terminal.Error, context.Time);
        return context.Terminal.IsInteractive ? new TableProgress(context.Terminal.Rich, context.Time) : new PlainProgress(context.Terminal.Out, context.Time);
    }
}
