using Orchestrator.Domain.Specs;

namespace Orchestrator.Specs;

/// <summary>What reading a sweep file gave.</summary>
/// <param name="Spec">The experiment; null if there are errors.</param>
/// <param name="Errors">Every fault, in the order of the file.</param>
/// <param name="Warnings">What is ignored or suspicious, in the order of the file.</param>
public sealed record SweepFileResult(ExperimentSpec? Spec, IReadOnlyList<SpecError> Errors, IReadOnlyList<SpecWarning> Warnings);
