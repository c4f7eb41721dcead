using Orchestrator.Domain.Errors;

namespace Orchestrator.Domain.Journal;

/// <summary>The journal's store can't be read or written now: a full disk, a lost connection, a damaged file.</summary>
public sealed class JournalUnavailableException(string message, Exception? inner = null) : OrchestratorException("journal.unavailable", message, inner);
