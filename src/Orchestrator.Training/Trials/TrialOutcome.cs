namespace Orchestrator.Training.Trials;

/// <summary>How a trial's run ended without an error.</summary>
public enum TrialOutcome
{
    /// <summary>All epochs are trained.</summary>
    Completed,

    /// <summary>A stop was requested.</summary>
    Stopped,
}
