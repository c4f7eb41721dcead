namespace Orchestrator.Cli.Progress;

/// <summary>The states of an experiment, as the protocol writes them.</summary>
internal static class ExperimentStatus
{
    /// <summary>Trials run or wait.</summary>
    public const string Running = "running";

    /// <summary>A person stopped it; it can be resumed.</summary>
    public const string Stopped = "stopped";

    /// <summary>Terminal: done.</summary>
    public const string Completed = "completed";

    /// <summary>Terminal: nothing could be trained.</summary>
    public const string Failed = "failed";

    /// <summary>Terminal: deleted; what it has is being removed.</summary>
    public const string Deleting = "deleting";
}
