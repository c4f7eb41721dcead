using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Specs;

/// <summary>A finished trial of another experiment, from which a search learns before its own first trial.</summary>
/// <param name="Parameters">Its point; what this space lacks is ignored.</param>
/// <param name="Metric">Its best value of the optimised metric; null: it measured none.</param>
/// <param name="StoppedAt">Where it was stopped early, in epochs; null: it was not.</param>
/// <param name="Metrics">All that it measured in its last report.</param>
public sealed record EarlierTrial(ParameterSet Parameters, double? Metric, int? StoppedAt = null, IReadOnlyDictionary<string, double>? Metrics = null);
