using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Importing;

/// <summary>Turns the sweeps of other systems into sweep files: a Katib Experiment (YAML) or a Ray Tune search space (JSON).</summary>
public static class SweepImport
{
    /// <summary>Turns a file; which system it is from is told by its keys. Never throws for what the text holds.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="task">What the trials are to train; null: the file is left without a task, for the user to fill in.</param>
    public static ImportResult Convert(string text, string? task = null)
    {
        var findings = new Findings();
        var root = YamlReader.Read(text, findings);
        var writer = new SweepWriter();
        if (root is YamlNode.Mapping map)
        {
            writer.Add("task", task is null ? null : SweepWriter.Quoted(task), "what each trial trains");
            if (KatibImport.IsOne(map)) new KatibImport(findings, writer).Convert(map);
            else new RayTuneImport(findings, writer).Convert(map);
        }
        else if (root is not null)
        {
            findings.Error(root.Position, "", $"expected a Katib Experiment or a Ray Tune space, not {root.Describe()}.");
        }
        return new ImportResult(findings.Errors.Count == 0 ? writer.Text() : null, findings.SortedErrors(), findings.SortedWarnings());
    }
}
