namespace Orchestrator.Kubernetes.Gangs;

/// <summary>Why an experiment's gangs don't start, in the cluster's own words.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Device">What its ranks take.</param>
/// <param name="Text">The words.</param>
/// <param name="Since">Since when.</param>
/// <param name="IsOver">Whether the deadline has passed: it waits in vain.</param>
public sealed record GangTrouble(string Experiment, string Device, string Text, DateTimeOffset Since, bool IsOver);
