using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Reading;

/// <summary>Gathers the errors and warnings of one file.</summary>
internal sealed class Findings
{
    private readonly List<SpecWarning> _warnings = [];
    private readonly List<SpecError> _errors = [];

    public IReadOnlyList<SpecError> Errors => _errors;

    public void Error(YamlPosition at, string path, string message) => _errors.Add(new SpecError(at.Line, at.Column, path, message));

    public void Warn(YamlPosition at, string path, string message) => _warnings.Add(new SpecWarning(at.Line, at.Column, path, message));

    public IReadOnlyList<SpecError> SortedErrors() => [.. _errors.Distinct().OrderBy(e => e.Line).ThenBy(e => e.Column)];

    public IReadOnlyList<SpecWarning> SortedWarnings() => [.. _warnings.Distinct().OrderBy(w => w.Line).ThenBy(w => w.Column)];
}
