using Orchestrator.Domain.Errors;

namespace Orchestrator.Checkpoints;

/// <summary>The one exception of checkpoints: what was wrong, where, and what to do.</summary>
#pragma warning disable CA1032 // The error is never optional.
public sealed class CheckpointException : OrchestratorException
#pragma warning restore CA1032
{
    /// <summary>Makes an exception.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="message">One sentence for the user.</param>
    /// <param name="inner">The cause, when there is one.</param>
    public CheckpointException(CheckpointError error, string message, Exception? inner = null)
        : base(CodeOf(error), message, inner) => Error = error;

    /// <summary>What went wrong.</summary>
    public CheckpointError Error { get; }

    private static string CodeOf(CheckpointError error) => error switch
    {
        CheckpointError.NotFound => "checkpoint.not_found",
        CheckpointError.Damaged => "checkpoint.damaged",
        CheckpointError.UnsupportedVersion => "checkpoint.unsupported_version",
        CheckpointError.Incompatible => "checkpoint.incompatible",
        CheckpointError.NoSpace => "checkpoint.no_space",
        CheckpointError.Unavailable => "checkpoint.unavailable",
        _ => "checkpoint.storage_failed",
    };
}
