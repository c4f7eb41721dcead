using Orchestrator.Domain.Parameters;
using Orchestrator.Specs.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orchestrator.Specs.Yaml;

/// <summary>Reads one YAML document into nodes that know their places, within bounds on its length, depth and size after aliases.</summary>
internal sealed class YamlReader
{
    private const int MaximumDepth = 32;
    private const int MaximumNodes = 100_000;

    private readonly Parser _parser;
    private readonly Findings _findings;
    private readonly Dictionary<AnchorName, (YamlNode Node, int Size)> _anchors = [];
    private int _nodes;

    private YamlReader(string text, Findings findings)
    {
        _parser = new Parser(new StringReader(text));
        _findings = findings;
    }

    /// <summary>The document's node; null, with an error, where there is none.</summary>
    public static YamlNode? Read(string text, Findings findings)
    {
        var start = new YamlPosition(1, 1);
        if (text.Length > SweepFile.MaximumLength)
        {
            findings.Error(start, "", $"The file has {text.Length:N0} characters; a sweep file has at most {SweepFile.MaximumLength:N0}.");
            return null;
        }
        var reader = new YamlReader(text, findings);
        try
        {
            return reader.ReadDocument(start);
        }
        catch (YamlException e)
        {
            var inner = e.InnerException is YamlException cause ? cause : e;
            findings.Error(Position(inner.Start), "", $"This is not valid YAML: {inner.Message}");
            return null;
        }
        catch (ArgumentException e)
        {
            // So YamlDotNet says that a tag is malformed; the place is that of the token before it.
            findings.Error(reader._parser.Current is { } before ? Position(before.End) : start, "", $"This is not valid YAML: {e.Message}");
            return null;
        }
        catch (InvalidOperationException)
        {
            // So it says that a list in brackets is not closed before the next key.
            findings.Error(reader._parser.Current is { } before ? Position(before.End) : start, "", "This is not valid YAML: a bracket or brace is opened here and not closed.");
            return null;
        }
    }

    private YamlNode? ReadDocument(YamlPosition start)
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _findings.Error(start, "", "The file is empty.");
            return null;
        }
        _parser.Consume<DocumentStart>();
        var root = ReadNode(1);
        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out _)) throw new YamlException(_parser.Current!.Start, _parser.Current.End, "a sweep file is one document, but another one begins here.");
        return root;
    }

    private YamlNode ReadNode(int depth)
    {
        if (depth > MaximumDepth) throw new YamlException(_parser.Current!.Start, _parser.Current.End, $"it is nested more than {MaximumDepth} levels deep.");
        Count(1);
        if (_parser.TryConsume<AnchorAlias>(out var alias)) return Expand(alias);
        var before = _nodes;
        var anchor = (_parser.Current as NodeEvent)?.Anchor ?? AnchorName.Empty;
        YamlNode node = _parser.Current switch
        {
            YamlDotNet.Core.Events.Scalar => ReadScalar(),
            SequenceStart => ReadSequence(depth),
            _ => ReadMapping(depth),
        };
        if (!anchor.IsEmpty) _anchors[anchor] = (node, _nodes - before);
        return node;
    }

    private YamlNode Expand(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var anchored)) throw new YamlException(alias.Start, alias.End, $"no anchor '&{alias.Value}' stands before this alias.");
        // Aliases of aliases may stand for an exponential number of nodes: they count as what they stand for.
        Count(anchored.Size);
        return anchored.Node;
    }

    private YamlNode.Scalar ReadScalar()
    {
        var scalar = _parser.Consume<YamlDotNet.Core.Events.Scalar>();
        var value = scalar.Tag.IsEmpty
            ? scalar.Style == ScalarStyle.Plain ? CoreSchema.Resolve(scalar.Value) : ParameterValue.Of(scalar.Value)
            : scalar.Tag.IsNonSpecific || scalar.Tag.Value == "tag:yaml.org,2002:str"
                ? ParameterValue.Of(scalar.Value)
                : throw new YamlException(scalar.Start, scalar.End, $"the tag '{scalar.Tag}' is not supported; leave it out.");
        return new YamlNode.Scalar(Position(scalar.Start), scalar.Value, value);
    }

    private YamlNode.Sequence ReadSequence(int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(depth + 1));
        return new YamlNode.Sequence(Position(start.Start), items);
    }

    private YamlNode.Mapping ReadMapping(int depth)
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new List<YamlNode.Entry>();
        var places = new Dictionary<string, YamlPosition>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not YamlNode.Scalar { Text: var name })
                _findings.Error(key.Position, "", $"A key is a text, not {key.Describe()}.");
            else if (!places.TryAdd(name, key.Position))
                _findings.Error(key.Position, "", $"The key '{name}' is here a second time; the first is in line {places[name].Line}.");
            else
                entries.Add(new YamlNode.Entry(name, key.Position, value));
        }
        return new YamlNode.Mapping(Position(start.Start), entries);
    }

    private void Count(int nodes)
    {
        _nodes += nodes;
        if (_nodes > MaximumNodes) throw new YamlException(_parser.Current!.Start, _parser.Current.End, $"it has more than {MaximumNodes:N0} nodes once aliases are replaced by what they stand for.");
    }

    private static YamlPosition Position(Mark mark) => new((int)mark.Line, (int)mark.Column);
}
