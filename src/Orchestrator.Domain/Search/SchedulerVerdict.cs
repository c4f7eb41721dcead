namespace Orchestrator.Domain.Search;

/// <summary>What a trial scheduler makes of a report.</summary>
public enum SchedulerVerdict
{
    /// <summary>The trial trains on.</summary>
    Continue,

    /// <summary>The trial ends here.</summary>
    Stop,

    /// <summary>The trial gives its slots up until the scheduler says how it goes on.</summary>
    Pause,
}
