namespace Orchestrator.Checkpoints.Manifests;

/// <summary>What an epoch reported.</summary>
/// <param name="Epoch">Epochs trained by then.</param>
/// <param name="Metrics">The metrics by name.</param>
public sealed record EpochMetrics(int Epoch, IReadOnlyDictionary<string, double> Metrics);
