using System.Globalization;
using Orchestrator.Domain.Parameters;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Importing;

/// <summary>Reads a Katib Experiment (kubeflow.org/v1beta1).</summary>
internal sealed class KatibImport(Findings findings, SweepWriter writer)
{
    private const int MostValues = 1000;

    private static readonly Dictionary<string, string> Methods = new(StringComparer.OrdinalIgnoreCase)
    {
        ["random"] = "random", ["grid"] = "grid", ["tpe"] = "tpe", ["multivariate-tpe"] = "tpe", ["bayesianoptimization"] = "gp", ["skopt-bayesian-optimization"] = "gp",
        ["cmaes"] = "cma_es", ["sobol"] = "sobol", ["hyperband"] = "random",
    };

    // What says how a trial runs, or how its cluster keeps it, is no part of a search.
    private static readonly string[] Known = ["objective", "algorithm", "earlyStopping", "parallelTrialCount", "maxTrialCount", "maxFailedTrialCount", "parameters"];

    public static bool IsOne(YamlNode.Mapping root) =>
        root.Find("kind") is YamlNode.Scalar { Text: "Experiment" } || root.Find("apiVersion") is YamlNode.Scalar { Text: var version } && version.StartsWith("kubeflow.org/", StringComparison.Ordinal);

    public void Convert(YamlNode.Mapping root)
    {
        if (root.Find("spec") is not YamlNode.Mapping spec)
        {
            findings.Error(root.Position, "spec", "'spec' is missing: a Katib Experiment has its search there.");
            return;
        }
        if (root.Find("metadata") is YamlNode.Mapping metadata && Text(metadata, "name") is { } name) writer.Add("name", SweepWriter.Quoted(name));
        var algorithm = (spec.Find("algorithm") as YamlNode.Mapping) is { } a ? Text(a, "algorithmName") : null;
        writer.Add("method", Method(spec, algorithm));
        ConvertObjective(spec);
        if (Text(spec, "maxTrialCount") is { } trials) writer.Add("run_cap", trials);
        if (Text(spec, "parallelTrialCount") is { } parallel) writer.Add("resources", $"{{max_parallel: {parallel}}}");
        ConvertEarlyStopping(spec, algorithm);
        foreach (var other in spec.Entries.Where(e => !Known.Contains(e.Key, StringComparer.Ordinal))) findings.Warn(other.Position, $"spec.{other.Key}", "it has no equivalent here and is left out.");
        if (spec.Find("parameters") is YamlNode.Sequence parameters)
            foreach (var parameter in parameters.Items) ConvertParameter(parameter);
        else findings.Error(spec.Position, "spec.parameters", "'parameters' is missing: say what to try.");
    }

    private string Method(YamlNode.Mapping spec, string? algorithm)
    {
        if (algorithm is not null && Methods.TryGetValue(algorithm, out var method)) return method;
        findings.Warn(spec.Find("algorithm")?.Position ?? spec.Position, "spec.algorithm", $"'{algorithm ?? "no algorithm"}' has no equivalent here; 'auto' takes its place.");
        return "auto";
    }

    private void ConvertObjective(YamlNode.Mapping spec)
    {
        if (spec.Find("objective") is YamlNode.Mapping objective && Text(objective, "objectiveMetricName") is { } metric)
            writer.Add("metric", $"{{name: {SweepWriter.Quoted(metric)}, goal: {(Text(objective, "type") == "maximize" ? "maximize" : "minimize")}}}");
        else
            writer.Add("metric", null, "the metric that is optimised");
    }

    private void ConvertEarlyStopping(YamlNode.Mapping spec, string? algorithm)
    {
        if (string.Equals(algorithm, "hyperband", StringComparison.OrdinalIgnoreCase))
        {
            var settings = (YamlNode.Mapping)spec.Find("algorithm")!;
            writer.Add("early_terminate", $"{{type: asha, max_iter: {Setting(settings, "r_l") ?? "81"}, eta: {Setting(settings, "eta") ?? "3"}}}");
        }
        else if (spec.Find("earlyStopping") is YamlNode.Mapping stopping)
        {
            if (Text(stopping, "algorithmName") == "medianstop")
                writer.Add("early_terminate", $"{{type: median, min_trials: {Setting(stopping, "min_trials_required") ?? "3"}, min_iter: {Setting(stopping, "start_step") ?? "4"}}}");
            else findings.Warn(stopping.Position, "spec.earlyStopping", "it has no equivalent here and is left out.");
        }
    }

    private void ConvertParameter(YamlNode node)
    {
        if (node is not YamlNode.Mapping parameter || Text(parameter, "name") is not { } name || parameter.Find("feasibleSpace") is not YamlNode.Mapping space)
        {
            findings.Error(node.Position, "spec.parameters", "expected a map with name, parameterType and feasibleSpace.");
            return;
        }
        var path = $"spec.parameters.{name}";
        var type = Text(parameter, "parameterType");
        var keys = type switch
        {
            "categorical" or "discrete" => ListOf(space, numbers: type == "discrete"),
            "int" or "double" => Range(space, path, type == "int"),
            _ => null,
        };
        if (keys is not null) writer.AddParameter(name, keys);
        else if (type is not ("int" or "double")) findings.Error(parameter.Position, path, $"'{type}' with this feasibleSpace can't be read: give a list, or min and max.");
    }

    private static string? ListOf(YamlNode.Mapping space, bool numbers)
    {
        if (space.Find("list") is not YamlNode.Sequence { Items.Count: > 0 } list) return null;
        var values = list.Items.OfType<YamlNode.Scalar>().Select(i => numbers ? CoreSchema.Resolve(i.Text) ?? ParameterValue.Of(i.Text) : ParameterValue.Of(i.Text));
        return $"values: {SweepWriter.List(values)}";
    }

    private string? Range(YamlNode.Mapping space, string path, bool isWhole)
    {
        if (Number(space, "min") is not { } minimum || Number(space, "max") is not { } maximum)
        {
            findings.Error(space.Position, path, "a range has 'min' and 'max', which are numbers.");
            return null;
        }
        var distribution = Text(space, "distribution") ?? "uniform";
        if (distribution is "normal" or "logNormal")
        {
            // Katib takes the middle of the range as the mean, and a sixth of it as the deviation.
            var (low, high) = distribution == "normal" ? (minimum, maximum) : (Math.Log(minimum), Math.Log(maximum));
            return $"distribution: {(isWhole ? "q_" : "")}{(distribution == "normal" ? "normal" : "log_normal")}, mu: {SweepWriter.Number((low + high) / 2)}, sigma: {SweepWriter.Number((high - low) / 6)}";
        }
        var isLog = distribution == "logUniform";
        var ends = isWhole ? string.Create(CultureInfo.InvariantCulture, $"min: {minimum:F0}, max: {maximum:F0}") : $"min: {SweepWriter.Number(minimum)}, max: {SweepWriter.Number(maximum)}";
        if (Number(space, "step") is { } step and > 0 && !isLog && !(isWhole && step == 1)) return Steps(minimum, maximum, step, isWhole, ends);
        if (isLog) return isWhole ? $"distribution: q_log_uniform_values, {ends}, q: 1" : $"distribution: log_uniform_values, {ends}";
        return ends;
    }

    /// <summary>Katib counts steps from the least value, while a quantum here counts from zero.</summary>
    private static string Steps(double minimum, double maximum, double step, bool isWhole, string ends)
    {
        var count = Math.Floor((maximum - minimum) / step + 1e-9) + 1;
        if (count > MostValues || Math.Abs(minimum / step - Math.Round(minimum / step)) < 1e-9)
            return $"distribution: q_uniform, {ends}, q: {(isWhole ? step.ToString("F0", CultureInfo.InvariantCulture) : SweepWriter.Number(step))}";
        var values = Enumerable.Range(0, (int)count).Select(i => (double)((decimal)minimum + i * (decimal)step));
        return $"values: {SweepWriter.List(values.Select(v => isWhole ? ParameterValue.Of((long)v) : ParameterValue.Of(v)))}";
    }

    private static string? Text(YamlNode.Mapping map, string key) => map.Find(key) is YamlNode.Scalar { Value: not null, Text: var text } ? text : null;

    private static double? Number(YamlNode.Mapping map, string key) =>
        Text(map, key) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string? Setting(YamlNode.Mapping algorithm, string name) =>
        (algorithm.Find("algorithmSettings") as YamlNode.Sequence)?.Items.OfType<YamlNode.Mapping>().Where(s => Text(s, "name") == name).Select(s => Text(s, "value")).FirstOrDefault(v => double.TryParse(v, CultureInfo.InvariantCulture, out _));
}
