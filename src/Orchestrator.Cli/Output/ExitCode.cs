namespace Orchestrator.Cli.Output;

/// <summary>What the process ends with; documented in <c>docs/cli.md</c> and the help.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The experiment failed.</summary>
    public const int ExperimentFailed = 1;

    /// <summary>A bad command line or a bad sweep file.</summary>
    public const int Usage = 2;

    /// <summary>The machine or the coordinator stands in the way: no coordinator, a port in use, a full disk, a missing library.</summary>
    public const int Environment = 3;

    /// <summary>Interrupted by Ctrl-C or a signal; what ran can be resumed.</summary>
    public const int Interrupted = 130;
}
