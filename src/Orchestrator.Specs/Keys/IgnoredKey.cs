using System.Text.Json.Nodes;

namespace Orchestrator.Specs.Keys;

/// <summary>A key of W&amp;B sweeps that has no meaning here: taken, with a warning, so that their files load.</summary>
internal sealed class IgnoredKey(string name, string description) : SweepKey(name, description)
{
    protected override JsonObject ValueSchema() => [];
}
