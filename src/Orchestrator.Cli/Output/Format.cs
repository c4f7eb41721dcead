using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Cli.Output;

/// <summary>Numbers and times as people read them, short enough for a table.</summary>
internal static class Format
{
    /// <summary>A measured value with six significant digits at most.</summary>
    public static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>A rate: three digits are enough.</summary>
    public static string Rate(double perSecond) => perSecond >= 100
        ? perSecond.ToString("N0", CultureInfo.InvariantCulture)
        : perSecond.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>Seconds as <c>8.2s</c>, <c>3m05s</c> or <c>2h07m</c>.</summary>
    public static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds) || seconds < 0) return "?";
        if (seconds < 9.95) return seconds.ToString("0.0", CultureInfo.InvariantCulture) + "s";
        var whole = (long)Math.Round(Math.Min(seconds, long.MaxValue / 2));
        if (whole < 60) return $"{whole}s";
        return whole < 3600 ? $"{whole / 60}m{whole % 60:00}s" : $"{whole / 3600}h{whole % 3600 / 60:00}m";
    }

    /// <summary>A trial's JSON object of parameters as <c>name=value</c> pairs, in its own order.</summary>
    public static string Parameters(string json)
    {
        if (json.Length == 0) return "";
        using var document = JsonDocument.Parse(json);
        return string.Join(' ', Pairs(document.RootElement, ""));
    }

    /// <summary>Words to choose from: <c>a, b or c</c>.</summary>
    public static string Choice(IEnumerable<string> words)
    {
        string[] all = [.. words];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }

    /// <summary>The first line of a text, cut to a length.</summary>
    public static string Line(string text, int length)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var line = end < 0 ? text : text[..end];
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, Math.Max(0, length - 3)), "...");
    }

    private static IEnumerable<string> Pairs(JsonElement parameters, string prefix)
    {
        foreach (var property in parameters.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var pair in Pairs(property.Value, prefix + property.Name + ".")) yield return pair;
            }
            else
            {
                yield return $"{prefix}{property.Name}={Value(property.Value)}";
            }
        }
    }

    private static string Value(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && !value.TryGetInt64(out _) ? value.GetDouble().ToString("G4", CultureInfo.InvariantCulture) : value.ToString();
}
