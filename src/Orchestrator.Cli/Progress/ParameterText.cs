using System.Text.Json.Nodes;
using Orchestrator.Cli.Output;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Progress;

/// <summary>The parameters in which trials differ: those that all have alike say nothing in a table.</summary>
internal sealed class ParameterText
{
    private readonly HashSet<string> _alike = new(StringComparer.Ordinal);

    /// <summary>Compares the trials of a table.</summary>
    public ParameterText(IReadOnlyCollection<Trial> trials)
    {
        if (trials.Count < 2) return;
        var objects = trials.Select(Parse).ToList();
        _alike.UnionWith(objects[0].Where(pair => objects.TrueForAll(other => other.TryGetPropertyValue(pair.Key, out var value) && JsonNode.DeepEquals(value, pair.Value))).Select(pair => pair.Key));
    }

    /// <summary>The text of one of the trials.</summary>
    public string Of(Trial trial)
    {
        if (_alike.Count == 0) return Format.Parameters(trial.Parameters);
        var differing = Parse(trial);
        foreach (var name in _alike) differing.Remove(name);
        return Format.Parameters(differing.ToJsonString());
    }

    private static JsonObject Parse(Trial trial) => trial.Parameters.Length == 0 ? [] : JsonNode.Parse(trial.Parameters)!.AsObject();
}
