namespace Orchestrator.Specs.Importing;

/// <summary>What a file of another system gave.</summary>
/// <param name="Text">The sweep file; null if there are errors.</param>
/// <param name="Errors">What can't be read, in the order of the file.</param>
/// <param name="Warnings">What has no equivalent here and was left out, in the order of the file.</param>
public sealed record ImportResult(string? Text, IReadOnlyList<SpecError> Errors, IReadOnlyList<SpecWarning> Warnings);
