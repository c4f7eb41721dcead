using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Keys;

/// <summary>Takes a time such as <c>2h30m</c>.</summary>
internal sealed partial class DurationKey(string name, string description) : SweepKey(name, description)
{
    private const string Pattern = "^(?<d>[0-9]+d)?(?<h>[0-9]+h)?(?<m>[0-9]+m)?(?<s>[0-9]+s)?$";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public TimeSpan? Read(Section section)
    {
        if (section.Entry(this)?.Value is not { } node) return null;
        if (node is YamlNode.Scalar { Text: { Length: > 0 and < 40 } text } && Parse(text) is { } time && time > TimeSpan.Zero && time <= Longest) return time;
        section.Expected(this, node, "a time with its units, such as 45s, 20m, 2h30m or 1d");
        return null;
    }

    private static TimeSpan? Parse(string text)
    {
        var match = Duration().Match(text);
        if (!match.Success) return null;
        var seconds = Part(match, "d") * 86400 + Part(match, "h") * 3600 + Part(match, "m") * 60 + Part(match, "s");
        return seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static double Part(Match match, string group) =>
        match.Groups[group].Success ? double.Parse(match.Groups[group].ValueSpan[..^1], NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    protected override JsonObject ValueSchema() => new() { ["type"] = "string", ["pattern"] = Pattern, ["minLength"] = 2 };

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();
}
