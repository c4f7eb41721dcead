using System.Globalization;
using System.Text;
using Orchestrator.Domain.Parameters;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Importing;

/// <summary>Writes a sweep file.</summary>
internal sealed class SweepWriter
{
    private readonly StringBuilder _head = new();
    private readonly StringBuilder _parameters = new();

    /// <summary>Adds a key; one without a value is written as a comment that says what is missing.</summary>
    public void Add(string key, string? value, string? missing = null) =>
        _head.Append(value is null ? $"# {key}: …   # fill in: {missing}\n" : $"{key}: {value}\n");

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="keys">The text within the braces.</param>
    public void AddParameter(string name, string keys) => _parameters.Append($"  {Quoted(name)}: {{{keys}}}\n");

    public string Text() => $"{_head}parameters:\n{_parameters}";

    /// <summary>A text as a scalar, in quotes where a plain one would be something else.</summary>
    public static string Quoted(string text)
    {
        var isPlain = text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '/') && char.IsAsciiLetter(text[0]) && CoreSchema.Resolve(text) is ParameterValue.Text;
        return isPlain ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    public static string Value(ParameterValue value) => value switch
    {
        ParameterValue.Text text => Quoted(text.Value),
        ParameterValue.Real real => Number(real.Value),
        _ => value.ToString()!,
    };

    /// <summary>A real keeps its point, so that a range of whole ends stays one of reals.</summary>
    public static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E', 'N') < 0 ? text + ".0" : text;
    }

    public static string List(IEnumerable<ParameterValue> values) => $"[{string.Join(", ", values.Select(Value))}]";
}
