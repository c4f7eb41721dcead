namespace Orchestrator.Domain.Experiments;

/// <summary>How often a trial is tried.</summary>
/// <param name="MaxFailures">Attempts that may fail by an error of the training before the trial fails.</param>
/// <param name="MaxInterruptionsWithoutProgress">Attempts that may be interrupted in a row without a new epoch before the trial fails.</param>
/// <param name="MaxFailedTrials">Trials that may fail before any has reported; then the experiment fails.</param>
public sealed record RetryPolicy(int MaxFailures = 2, int MaxInterruptionsWithoutProgress = 8, int MaxFailedTrials = 3)
{
    /// <summary>The policy of every experiment that does not say otherwise.</summary>
    public static readonly RetryPolicy Default = new();
}
