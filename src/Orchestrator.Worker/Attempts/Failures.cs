using Orchestrator.Checkpoints;
using Orchestrator.Collectives;
using Orchestrator.Protocol;
using Orchestrator.Training;

namespace Orchestrator.Worker.Attempts;

/// <summary>Tells whose fault an error is: that decides whether the trial is tried again.</summary>
internal static class Failures
{
    /// <summary>The outcome and the reason in one line.</summary>
    /// <param name="exception">What ended the run.</param>
    /// <param name="stopped">Whether the run had been told to end.</param>
    public static (Outcome Outcome, string Reason) Classify(Exception exception, bool stopped) => exception switch
    {
        OperationCanceledException => (Outcome.Stopped, "Broken off."),
        CollectiveException when stopped => (Outcome.Stopped, "Broken off."),
        CollectiveException { Code: CollectiveErrorCode.Mismatch } => (Outcome.Failed, exception.Message),
        CollectiveException => (Outcome.Interrupted, exception.Message),
        TrainingException { Code: TrainingException.Unhealthy } => (Outcome.Unhealthy, exception.Message),
        TrainingException { Code: TrainingException.CommandFailed } => (Outcome.Failed, exception.Message),
        TrainingException => (Outcome.FailedForGood, exception.Message),
        CheckpointException { Error: CheckpointError.Incompatible } => (Outcome.FailedForGood, exception.Message),
        CheckpointException { Error: CheckpointError.Unavailable } => (Outcome.Interrupted, exception.Message),
        CheckpointException => (Outcome.Failed, exception.Message),
        _ => (Outcome.Failed, $"{exception.GetType().Name}: {exception.Message}"),
    };
}
