using System.Globalization;
using Orchestrator.Domain.Parameters;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Importing;

/// <summary>
/// Reads a Ray Tune search space in JSON: each parameter is a value, a map from the name of Ray's function to its arguments
/// (<c>{"loguniform": [1e-4, 1e-1]}</c>, <c>{"choice": ["a", "b"]}</c>, <c>{"grid_search": [1, 2]}</c>), a map with <c>type</c> and the arguments by name
/// (<c>{"type": "loguniform", "lower": 1e-4, "upper": 1e-1}</c>), or a map of further parameters. Around it may be <c>param_space</c>, <c>metric</c>,
/// <c>mode</c> and <c>num_samples</c>.
/// </summary>
internal sealed class RayTuneImport(Findings findings, SweepWriter writer)
{
    // The arguments of each function, in order.
    private static readonly Dictionary<string, string[]> Functions = new(StringComparer.Ordinal)
    {
        ["uniform"] = ["lower", "upper"], ["quniform"] = ["lower", "upper", "q"], ["loguniform"] = ["lower", "upper", "base"], ["qloguniform"] = ["lower", "upper", "q", "base"],
        ["randn"] = ["mean", "sd"], ["qrandn"] = ["mean", "sd", "q"], ["randint"] = ["lower", "upper"], ["qrandint"] = ["lower", "upper", "q"],
        ["lograndint"] = ["lower", "upper", "base"], ["qlograndint"] = ["lower", "upper", "q", "base"], ["choice"] = ["categories"], ["grid_search"] = ["categories"],
    };

    private bool _hasGrid;
    private bool _hasOther;

    public void Convert(YamlNode.Mapping root)
    {
        var space = (root.Find("param_space") ?? root.Find("config")) as YamlNode.Mapping;
        ConvertAll(space ?? root, "");
        if (_hasGrid && _hasOther) findings.Warn(root.Position, "grid_search", "Ray repeats the draws for each point of the grid; here the listed values are drawn like a choice.");
        writer.Add("method", _hasGrid && !_hasOther ? "grid" : "random");
        var metric = space is null ? null : (root.Find("metric") as YamlNode.Scalar)?.Text;
        var goal = space is not null && root.Find("mode") is YamlNode.Scalar { Text: "max" } ? "maximize" : "minimize";
        writer.Add("metric", metric is null ? null : $"{{name: {SweepWriter.Quoted(metric)}, goal: {goal}}}", "the metric that is optimised, and its goal");
        if (space is not null && root.Find("num_samples") is YamlNode.Scalar { Value: ParameterValue.Integer { Value: > 0 } samples }) writer.Add("run_cap", samples.ToString());
    }

    private void ConvertAll(YamlNode.Mapping map, string prefix)
    {
        foreach (var entry in map.Entries)
        {
            var name = prefix + entry.Key;
            if (entry.Value is YamlNode.Scalar { Value: { } constant }) writer.AddParameter(name, $"value: {SweepWriter.Value(constant)}");
            else if (entry.Value is not YamlNode.Mapping inner) findings.Error(entry.Value.Position, name, $"expected a value or a map such as {{\"uniform\": [0, 1]}}, not {entry.Value.Describe()}.");
            else if (Domain(inner, name) is { } domain) ConvertDomain(domain.Function, domain.Arguments, inner, name);
            else ConvertAll(inner, name + ".");
        }
    }

    /// <summary>The function and its arguments by name; null: the map holds further parameters.</summary>
    private (string Function, Dictionary<string, YamlNode> Arguments)? Domain(YamlNode.Mapping map, string name)
    {
        if ((map.Find("type") ?? map.Find("_type")) is YamlNode.Scalar { Text: var type } && Functions.ContainsKey(Bare(type)))
        {
            if (map.Find("_value") is YamlNode.Sequence values) return (Bare(type), ByName(Bare(type), values, name));
            return (Bare(type), map.Entries.Where(e => e.Key is not ("type" or "_type")).ToDictionary(e => e.Key is "values" ? "categories" : e.Key, e => e.Value, StringComparer.Ordinal));
        }
        if (map.Entries is not [var only] || !Functions.ContainsKey(Bare(only.Key))) return null;
        return only.Value switch
        {
            YamlNode.Sequence list => (Bare(only.Key), ByName(Bare(only.Key), list, name)),
            YamlNode.Mapping named => (Bare(only.Key), named.Entries.ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal)),
            _ => null,
        };
    }

    private Dictionary<string, YamlNode> ByName(string function, YamlNode.Sequence list, string name)
    {
        var names = Functions[function];
        if (names[0] == "categories") return new(StringComparer.Ordinal) { ["categories"] = list };
        if (list.Items.Count > names.Length) findings.Error(list.Position, name, $"'{function}' takes {string.Join(", ", names)}, not {list.Items.Count} arguments.");
        return names.Zip(list.Items).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
    }

    private void ConvertDomain(string function, Dictionary<string, YamlNode> arguments, YamlNode.Mapping map, string name)
    {
        _hasGrid |= function == "grid_search";
        _hasOther |= function != "grid_search";
        if (function is "choice" or "grid_search")
        {
            if (arguments.GetValueOrDefault("categories") is YamlNode.Sequence { Items.Count: > 0 } list && list.Items.All(i => i is YamlNode.Scalar { Value: not null }))
                writer.AddParameter(name, $"values: {SweepWriter.List(list.Items.Select(i => ((YamlNode.Scalar)i).Value!))}");
            else findings.Error(map.Position, name, $"'{function}' takes a list of numbers, texts and flags.");
            return;
        }
        var required = Functions[function].Where(a => a != "base").ToList();
        var missing = required.Find(a => Number(arguments, a) is null);
        if (missing is not null) findings.Error(map.Position, name, $"'{function}' needs '{missing}', a number.");
        else writer.AddParameter(name, Keys(function, required.ToDictionary(a => a, a => Number(arguments, a)!.Value, StringComparer.Ordinal)));
    }

    private static string Keys(string function, Dictionary<string, double> a)
    {
        var isWhole = function.EndsWith("randint", StringComparison.Ordinal);
        if (function.EndsWith("randn", StringComparison.Ordinal))
            return $"distribution: {(function[0] == 'q' ? "q_" : "")}normal, mu: {SweepWriter.Number(a["mean"])}, sigma: {SweepWriter.Number(a["sd"])}{Quantum()}";
        // Ray's upper end is left out for integers, unless they are quantised.
        var upper = isWhole && function[0] != 'q' ? a["upper"] - 1 : a["upper"];
        var ends = isWhole ? string.Create(CultureInfo.InvariantCulture, $"min: {a["lower"]:F0}, max: {upper:F0}") : $"min: {SweepWriter.Number(a["lower"])}, max: {SweepWriter.Number(upper)}";
        if (isWhole && a["lower"] == upper) return string.Create(CultureInfo.InvariantCulture, $"value: {upper:F0}");
        return function switch
        {
            "uniform" or "randint" => ends,
            "quniform" or "qrandint" => $"distribution: q_uniform, {ends}{Quantum()}",
            "loguniform" => $"distribution: log_uniform_values, {ends}",
            "lograndint" => $"distribution: q_log_uniform_values, {ends}, q: 1",
            _ => $"distribution: q_log_uniform_values, {ends}{Quantum()}",
        };

        string Quantum() => !a.TryGetValue("q", out var q) ? "" : isWhole ? string.Create(CultureInfo.InvariantCulture, $", q: {q:F0}") : $", q: {SweepWriter.Number(q)}";
    }

    private static double? Number(Dictionary<string, YamlNode> arguments, string name) =>
        arguments.GetValueOrDefault(name) is YamlNode.Scalar { Value.Number: { } number } && double.IsFinite(number) ? number : null;

    private static string Bare(string function) => function.StartsWith("tune.", StringComparison.Ordinal) ? function["tune.".Length..] : function;
}
