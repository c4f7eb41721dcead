using Orchestrator.Specs.Keys;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Reading;

/// <summary>A map of a sweep file that is read against a table of keys.</summary>
internal sealed class Section
{
    private readonly YamlNode.Mapping _map;

    /// <summary>Reports every key that the table does not have.</summary>
    public Section(YamlNode.Mapping map, string path, KeyTable table, Findings findings)
    {
        _map = map;
        Path = path;
        Findings = findings;
        foreach (var entry in map.Entries)
        {
            if (table.Find(entry.Key) is null)
                findings.Error(entry.Position, PathOf(entry.Key), $"unknown key '{entry.Key}'{Suggestion.For(entry.Key, table.Names)}");
        }
    }

    /// <summary>The dotted path of the map.</summary>
    public string Path { get; }

    public Findings Findings { get; }

    public YamlPosition Position => _map.Position;

    public IReadOnlyList<YamlNode.Entry> Entries => _map.Entries;

    public bool Has(SweepKey key) => Entry(key) is not null;

    /// <summary>The entry of a key, or null.</summary>
    public YamlNode.Entry? Entry(SweepKey key) => _map.Entries.FirstOrDefault(e => e.Key == key.Name);

    public string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    /// <summary>Reports the keys of the table that this kind of section does not have.</summary>
    public bool OnlyHas(IReadOnlyCollection<SweepKey> used, KeyTable table, string kind)
    {
        var fits = true;
        foreach (var key in table.Keys)
        {
            if (used.Contains(key) || Entry(key) is not { } entry) continue;
            Findings.Error(entry.Position, PathOf(key.Name), $"{kind} has no '{key.Name}'; it has: {string.Join(", ", used.Select(k => k.Name))}.");
            fits = false;
        }
        return fits;
    }

    /// <summary>Reports a missing key.</summary>
    public void Missing(SweepKey key, string what) => Findings.Error(Position, PathOf(key.Name), $"'{key.Name}' is missing: {what}");

    /// <summary>Reports a fault at a key's value, or at the section where the key is not there.</summary>
    public void Error(SweepKey key, string message) => Findings.Error(Entry(key)?.Value.Position ?? Position, PathOf(key.Name), message);

    public void Warn(SweepKey key, string message) => Findings.Warn(Entry(key)?.Position ?? Position, PathOf(key.Name), message);

    /// <summary>Reports a value that is not what the key takes.</summary>
    public void Expected(SweepKey key, YamlNode node, string what) => Findings.Error(node.Position, PathOf(key.Name), $"expected {what}, not {node.Describe()}.");
}
