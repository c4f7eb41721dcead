using System.Text;

namespace OpenTelemetry.Exposition;

/// <summary>Makes names that Prometheus allows (https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/).</summary>
internal static class Names
{
    /// <summary>A metric name: <c>[a-zA-Z_:][a-zA-Z0-9_:]*</c>, runs of other characters as one underscore.</summary>
    public static string Metric(string name) => Sanitize(name, allowColon: true);

    /// <summary>A label name: <c>[a-zA-Z_][a-zA-Z0-9_]*</c>.</summary>
    public static string Label(string name) => Sanitize(name, allowColon: false);

    /// <summary>The unit that a metric name ends in, or null: UCUM abbreviations spelt out, annotations dropped, "a/b" as "a_per_b".</summary>
    public static string? Unit(string? unit)
    {
        if (string.IsNullOrEmpty(unit)) return null;
        var bare = WithoutAnnotations(unit);
        var slash = bare.IndexOf('/');
        var spelt = slash >= 0 && slash < bare.Length - 1
            ? $"{Spell(bare[..slash])}_per_{SpellPer(bare[(slash + 1)..])}"
            : Spell(bare);
        var result = Sanitize(spelt, allowColon: true, isName: false).Trim('_');
        return result.Length == 0 ? null : result;
    }

    private static string Sanitize(string name, bool allowColon, bool isName = true)
    {
        var result = new StringBuilder(name.Length + 1);
        if (isName && (name.Length == 0 || char.IsAsciiDigit(name[0]))) result.Append('_');
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || (allowColon && c == ':')) result.Append(c);
            else if (result.Length == 0 || result[^1] != '_' || !allowColon) result.Append('_');
        }
        return result.ToString();
    }

    private static string WithoutAnnotations(string unit)
    {
        for (var open = unit.IndexOf('{'); open >= 0; open = unit.IndexOf('{'))
        {
            var close = unit.IndexOf('}', open);
            if (close < 0) break;
            unit = unit.Remove(open, close - open + 1);
        }
        return unit;
    }

    private static string Spell(string unit) => unit switch
    {
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" or "B" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "GiBy" => "gibibytes",
        "TiBy" => "tibibytes",
        "KBy" or "KB" => "kilobytes",
        "MBy" or "MB" => "megabytes",
        "GBy" or "GB" => "gigabytes",
        "TBy" or "TB" => "terabytes",
        "m" => "meters",
        "V" => "volts",
        "A" => "amperes",
        "J" => "joules",
        "W" => "watts",
        "g" => "grams",
        "Cel" => "celsius",
        "Hz" => "hertz",
        "1" => "",
        "%" => "percent",
        "$" => "dollars",
        _ => unit,
    };

    private static string SpellPer(string unit) => unit switch
    {
        "s" => "second",
        "m" => "minute",
        "h" => "hour",
        "d" => "day",
        "w" => "week",
        "mo" => "month",
        "y" => "year",
        _ => unit,
    };
}
