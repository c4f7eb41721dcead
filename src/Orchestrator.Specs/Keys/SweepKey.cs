using System.Text.Json.Nodes;

namespace Orchestrator.Specs.Keys;

/// <summary>A key of a sweep file: its name, what it takes and what it means.</summary>
internal abstract class SweepKey(string name, string description)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>The JSON schema of its value.</summary>
    public JsonObject Schema()
    {
        var schema = ValueSchema();
        schema["description"] = Description;
        return schema;
    }

    protected abstract JsonObject ValueSchema();
}
