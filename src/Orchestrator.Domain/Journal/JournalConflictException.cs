using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Identity;

namespace Orchestrator.Domain.Journal;

/// <summary>A write expected another version than the journal has: somebody else wrote.</summary>
public sealed class JournalConflictException(ExperimentId experiment, long expected, long actual)
    : OrchestratorException("journal.conflict", Describe(experiment, expected, actual))
{
    /// <summary>The <see cref="Actual"/> version of a journal that was removed.</summary>
    public const long Removed = -1;

    /// <summary>The version the writer expected.</summary>
    public long Expected { get; } = expected;

    /// <summary>The version the journal has.</summary>
    public long Actual { get; } = actual;

    private static string Describe(ExperimentId experiment, long expected, long actual) => actual == Removed
        ? $"The experiment {experiment} was deleted, and its id is used up: take another one."
        : $"The journal of {experiment} is at version {actual}, not {expected}: another writer was first. Read it again and decide again.";
}
