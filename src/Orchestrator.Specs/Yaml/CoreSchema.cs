using System.Globalization;
using System.Text.RegularExpressions;
using Orchestrator.Domain.Parameters;

namespace Orchestrator.Specs.Yaml;

/// <summary>
/// The core schema of YAML 1.2 (chapter 10.3): which plain scalars are nulls, flags and numbers. <c>yes</c>, <c>on</c> and <c>12:30</c> are texts,
/// and <c>1e-3</c> is a number.
/// </summary>
internal static partial class CoreSchema
{
    /// <summary>The value of a plain scalar; null for a null.</summary>
    public static ParameterValue? Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => ParameterValue.Of(true),
        "false" or "False" or "FALSE" => ParameterValue.Of(false),
        ".nan" or ".NaN" or ".NAN" => ParameterValue.Of(double.NaN),
        _ => Number(text) ?? ParameterValue.Of(text),
    };

    private static ParameterValue? Number(string text)
    {
        if (Integer().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return ParameterValue.Of(whole);
        if (Real().IsMatch(text)) return ParameterValue.Of(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        if (Based().IsMatch(text)) return FromBase(text);
        return Infinity().IsMatch(text) ? ParameterValue.Of(text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity) : null;
    }

    private static ParameterValue? FromBase(string text)
    {
        if (text.Length > 17) return null;
        return ParameterValue.Of(Convert.ToInt64(text[2..], text[1] == 'x' ? 16 : 8));
    }

    [GeneratedRegex("^[-+]?[0-9]+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Real();

    [GeneratedRegex("^(0o[0-7]+|0x[0-9a-fA-F]+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Based();

    [GeneratedRegex(@"^[-+]?\.(inf|Inf|INF)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Infinity();
}
