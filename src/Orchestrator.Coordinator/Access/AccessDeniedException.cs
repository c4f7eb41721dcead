using Orchestrator.Domain.Errors;

namespace Orchestrator.Coordinator.Access;

/// <summary>Who asks is known, and may not do this.</summary>
/// <param name="message">Who may not do what.</param>
public sealed class AccessDeniedException(string message) : OrchestratorException("access.denied", message);
