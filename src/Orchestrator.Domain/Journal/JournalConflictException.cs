using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Identity;

namespace Orchestrator.Domain.Journal;

/// <summary>An append expected another version than the journal has: somebody else wrote.</summary>
public sealed class JournalConflictException(ExperimentId experiment, long expected, long actual)
    : OrchestratorException("journal.conflict", $"The journal of {experiment} is at version {actual}, not {expected}: another writer was first. Read it again and decide again.")
{
    /// <summary>The version the writer expected.</summary>
    public long Expected { get; } = expected;

    /// <summary>The version the journal has.</summary>
    public long Actual { get; } = actual;
}
