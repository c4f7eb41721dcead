namespace Orchestrator.Training.Trials;

/// <summary>Whether a trial shall end before its last epoch.</summary>
public enum StopRequest
{
    /// <summary>Train on.</summary>
    None,

    /// <summary>End after the current step.</summary>
    Stop,

    /// <summary>Save a checkpoint after the current step, then end.</summary>
    SaveAndStop,
}
