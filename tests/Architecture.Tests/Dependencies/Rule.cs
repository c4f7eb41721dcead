namespace Orchestrator.Architecture.Tests.Dependencies;

/// <summary>What one project may depend on.</summary>
internal sealed class Rule(string project, params string[] projects)
{
    public string Project { get; } = project;

    public IReadOnlyList<string> Projects { get; } = [.. projects.Select(name => "Orchestrator." + name)];

    public IReadOnlyList<string> Libraries { get; init; } = [];

    public IReadOnlyList<string> Packages { get; init; } = [];
}
