using System.Globalization;
using Orchestrator.Domain.Parameters;

namespace Orchestrator.Cli.Commands;

/// <summary>Parameters as <c>NAME=VALUE</c>, with values as a sweep file has them: whole numbers, reals, true and false, texts.</summary>
internal static class ParameterChanges
{
    /// <summary>One change; null where the text is none.</summary>
    public static KeyValuePair<string, ParameterValue>? Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && at < text.Length - 1 ? new(text[..at].Trim(), Value(text[(at + 1)..].Trim())) : null;
    }

    /// <summary>All changes as one JSON object.</summary>
    public static string ToJson(IEnumerable<string> changes) => new ParameterSet(changes.Select(Parse).OfType<KeyValuePair<string, ParameterValue>>()).ToJson();

    private static ParameterValue Value(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return ParameterValue.Of(whole);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)) return ParameterValue.Of(real);
        return text switch
        {
            "true" => ParameterValue.Of(true),
            "false" => ParameterValue.Of(false),
            _ => ParameterValue.Of(text),
        };
    }
}
