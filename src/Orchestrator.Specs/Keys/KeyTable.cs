namespace Orchestrator.Specs.Keys;

/// <summary>The keys that one map of a sweep file may have. Reading and the JSON schema both go by it.</summary>
internal sealed class KeyTable(string title, params SweepKey[] keys)
{
    public string Title { get; } = title;

    public IReadOnlyList<SweepKey> Keys { get; } = keys;

    public IReadOnlyCollection<string> Names { get; } = [.. keys.Select(k => k.Name)];

    public SweepKey? Find(string name) => Keys.FirstOrDefault(k => k.Name == name);
}
