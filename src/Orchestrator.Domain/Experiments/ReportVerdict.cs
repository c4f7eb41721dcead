namespace Orchestrator.Domain.Experiments;

/// <summary>What became of a report.</summary>
public enum ReportVerdict
{
    /// <summary>It is new.</summary>
    Accepted,

    /// <summary>It was accepted before.</summary>
    Duplicate,

    /// <summary>Its attempt is not the trial's running one.</summary>
    Stale,
}
