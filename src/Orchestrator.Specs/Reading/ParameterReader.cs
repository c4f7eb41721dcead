using System.Text.RegularExpressions;
using Orchestrator.Domain.Specs;
using Orchestrator.Domain.Tasks;
using Orchestrator.Specs.Keys;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Reading;

/// <summary>Reads the space: every parameter, the nested ones by their dotted names.</summary>
internal sealed partial class ParameterReader(Findings findings, TaskSchema? task, SearchMethod? method)
{
    private const int MaximumParameters = 1000;
    private const int MaximumNameLength = 200;

    private readonly List<DeclaredParameter> _parameters = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<DeclaredParameter> Read(YamlNode.Mapping map)
    {
        ReadAll(map, SweepKeys.Parameters.Name, prefix: "");
        return _parameters;
    }

    private void ReadAll(YamlNode.Mapping map, string path, string prefix)
    {
        foreach (var entry in map.Entries) ReadOne(entry, $"{path}.{entry.Key}", prefix + entry.Key);
    }

    private void ReadOne(YamlNode.Entry entry, string path, string name)
    {
        if (entry.Value is not YamlNode.Mapping map)
        {
            findings.Error(entry.Value.Position, path, $"expected a map such as {{value: …}} or {{min: …, max: …}}, not {entry.Value.Describe()}.");
            return;
        }
        var section = new Section(map, path, ParameterKeys.Table, findings);
        if (section.Has(ParameterKeys.Nested))
        {
            ReadNested(section, name);
            return;
        }
        if (!CheckName(entry, path, name)) return;
        var known = task?.Parameters.FirstOrDefault(p => p.Name == name);
        if (task is not null && known is null)
            findings.Error(entry.Position, path, $"task '{task.Name}' has no parameter '{name}'{Suggestion.For(name, [.. task.Parameters.Select(p => p.Name)])}");
        var conditions = ParameterKeys.When.Read(section);
        if (new DistributionReader(section).Read() is not { } distribution) return;
        if (method == SearchMethod.Grid && IsContinuous(distribution))
            findings.Error(entry.Position, path, "a grid needs values that can be listed: give 'values', whole ends, or a distribution with a quantum 'q'.");
        if (known is not null) new TaskParameterCheck(section, known).Check(distribution);
        _parameters.Add(new DeclaredParameter(new ParameterSpec(name, distribution, conditions.Count == 0 ? null : [.. conditions.Select(c => c.Condition)]), section, known, conditions));
    }

    private void ReadNested(Section section, string name)
    {
        foreach (var other in section.Entries.Where(e => e.Key != ParameterKeys.Nested.Name && ParameterKeys.Table.Find(e.Key) is not null))
            findings.Error(other.Position, section.PathOf(other.Key), $"a parameter with nested 'parameters' has no '{other.Key}' of its own.");
        if (ParameterKeys.Nested.Read(section) is { } nested) ReadAll(nested, section.PathOf(ParameterKeys.Nested.Name), name + ".");
    }

    private bool CheckName(YamlNode.Entry entry, string path, string name)
    {
        if (!Name().IsMatch(entry.Key) || name.Length > MaximumNameLength)
            findings.Error(entry.Position, path, $"a parameter's name has letters, digits, '_', '-' and '.', begins with a letter or '_', and is at most {MaximumNameLength} long.");
        else if (!_names.Add(name))
            findings.Error(entry.Position, path, $"the parameter '{name}' is there a second time, through nesting.");
        else if (_names.Count == MaximumParameters + 1)
            findings.Error(entry.Position, path, $"there are more than {MaximumParameters} parameters.");
        else
            return true;
        return false;
    }

    private static bool IsContinuous(Distribution distribution) => distribution switch
    {
        Distribution.Uniform d => d.Quantum is null,
        Distribution.LogUniform d => d.Quantum is null,
        Distribution.Beta d => d.Quantum is null,
        Distribution.InverseLogUniform or Distribution.Normal or Distribution.LogNormal => true,
        _ => false,
    };

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_.-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
