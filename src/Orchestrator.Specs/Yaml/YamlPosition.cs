namespace Orchestrator.Specs.Yaml;

/// <summary>A place in a text; both count from 1.</summary>
internal readonly record struct YamlPosition(int Line, int Column);
