namespace Orchestrator.Domain.Experiments;

/// <summary>One string for each name that an experiment's trials have in common (parameters, workers): from JSON each comes as a new one every time.</summary>
internal sealed class NamePool
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public string Share(string name)
    {
        if (_names.TryGetValue(name, out var shared)) return shared;
        _names.Add(name);
        return name;
    }

    public string[] Share(IReadOnlyList<string> names)
    {
        var shared = new string[names.Count];
        for (var i = 0; i < shared.Length; i++) shared[i] = Share(names[i]);
        return shared;
    }
}
