namespace Orchestrator.Coordinator.Submitting;

/// <summary>What became of a submission.</summary>
/// <param name="Experiment">The new experiment's id; null where the file has errors.</param>
/// <param name="Errors">One line per error.</param>
public sealed record SubmissionResult(string? Experiment, IReadOnlyList<string> Errors);
