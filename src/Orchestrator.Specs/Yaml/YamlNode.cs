using Orchestrator.Domain.Parameters;

namespace Orchestrator.Specs.Yaml;

/// <summary>A node of a YAML document, with its place.</summary>
internal abstract record YamlNode(YamlPosition Position)
{
    /// <summary>What the node is, for messages.</summary>
    public abstract string Describe();

    /// <summary>A scalar, resolved by the core schema of YAML 1.2; the value is null for a null.</summary>
    internal sealed record Scalar(YamlPosition Position, string Text, ParameterValue? Value) : YamlNode(Position)
    {
        private const int Shown = 40;

        public override string Describe() => Value switch
        {
            null => "nothing",
            ParameterValue.Text => $"the text '{(Text.Length > Shown ? Text[..Shown] + "…" : Text)}'",
            _ => Text,
        };
    }

    /// <summary>A list.</summary>
    internal sealed record Sequence(YamlPosition Position, IReadOnlyList<YamlNode> Items) : YamlNode(Position)
    {
        public override string Describe() => "a list";
    }

    /// <summary>A map with text keys, in the order of the file, without duplicates.</summary>
    internal sealed record Mapping(YamlPosition Position, IReadOnlyList<Entry> Entries) : YamlNode(Position)
    {
        public YamlNode? Find(string key) => Entries.FirstOrDefault(e => e.Key == key)?.Value;

        public override string Describe() => "a map";
    }

    /// <summary>One key of a map and its value.</summary>
    internal sealed record Entry(string Key, YamlPosition Position, YamlNode Value);
}
