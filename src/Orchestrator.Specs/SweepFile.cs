using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs;

/// <summary>Reads sweep files: YAML 1.2 with the keys of W&amp;B sweeps and a few of our own (docs/sweep-file.md).</summary>
public static class SweepFile
{
    /// <summary>The longest sweep file, in characters.</summary>
    public const int MaximumLength = 1 << 20;

    /// <summary>Reads a sweep file. Never throws for what the text holds: every fault is in the result, with its place.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="context">What it is read against.</param>
    public static SweepFileResult Parse(string text, SweepFileContext context)
    {
        var findings = new Findings();
        var root = YamlReader.Read(text, findings);
        var spec = root is null ? null : new SweepReader(context, findings).Read(root);
        return new SweepFileResult(findings.Errors.Count == 0 ? spec : null, findings.SortedErrors(), findings.SortedWarnings());
    }
}
