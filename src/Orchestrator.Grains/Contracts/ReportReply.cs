namespace Orchestrator.Grains.Contracts;

/// <summary>What becomes of something that an attempt sent.</summary>
public enum ReportReply
{
    /// <summary>It is durable, now or since an earlier time.</summary>
    Acknowledged,

    /// <summary>The attempt is not the trial's running one: it ends, and sends nothing more.</summary>
    Stale,

    /// <summary>A checkpoint was not removed: a fork is to begin from it. Its files are kept.</summary>
    Kept,
}
