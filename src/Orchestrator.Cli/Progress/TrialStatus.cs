namespace Orchestrator.Cli.Progress;

/// <summary>The states of a trial, as the protocol writes them.</summary>
internal static class TrialStatus
{
    /// <summary>It needs workers.</summary>
    public const string Waiting = "waiting";

    /// <summary>It trains.</summary>
    public const string Running = "running";

    /// <summary>It has given its slots up until it is resumed.</summary>
    public const string Paused = "paused";

    /// <summary>Terminal: trained to its end.</summary>
    public const string Completed = "completed";

    /// <summary>Terminal: ended early by the trial scheduler.</summary>
    public const string Stopped = "stopped";

    /// <summary>Terminal: it can't be trained.</summary>
    public const string Failed = "failed";

    /// <summary>Terminal: the experiment ended before it.</summary>
    public const string Cancelled = "cancelled";
}
