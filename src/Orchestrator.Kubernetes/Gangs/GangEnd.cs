namespace Orchestrator.Kubernetes.Gangs;

/// <summary>How a gang's Job ended.</summary>
/// <param name="IsFailure">Whether not in order.</param>
/// <param name="Text">Why, in the cluster's words.</param>
internal sealed record GangEnd(bool IsFailure, string Text);
