namespace Orchestrator.Kubernetes.Pools;

/// <summary>Why a pool can't grow, in the cluster's own words.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Device">What it would have supplied.</param>
/// <param name="Text">The words.</param>
/// <param name="Since">Since when.</param>
/// <param name="IsOver">Whether its deadline has passed: who needs it waits in vain.</param>
public sealed record PoolTrouble(string Pool, string Device, string Text, DateTimeOffset Since, bool IsOver);
