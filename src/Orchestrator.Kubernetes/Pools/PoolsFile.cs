using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Domain.Errors;
using Orchestrator.Kubernetes.Access;
using YamlDotNet.Core;

namespace Orchestrator.Kubernetes.Pools;

/// <summary>Reads the file that says which pools there are (docs/kubernetes.md).</summary>
public static partial class PoolsFile
{
    private const int MaxPods = 10_000;
    private static readonly string[] RootKeys = ["installation", "owner", "watchNodes", "dedicated", "pools"];
    private static readonly string[] PoolKeys = ["name", "device", "min", "max", "idleSeconds", "deadlineSeconds", "template"];

    /// <summary>The pools.</summary>
    /// <exception cref="OrchestratorException">The file can't be read, or has faults: all of them are named.</exception>
    public static PoolsSpec Read(string path)
    {
        try
        {
            var (spec, faults) = Parse(YamlJson.Parse(File.ReadAllText(path)));
            return spec ?? throw Fault(path, string.Join("; ", faults));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or YamlException or FormatException)
        {
            throw Fault(path, exception.Message, exception);
        }
    }

    internal static (PoolsSpec? Spec, IReadOnlyList<string> Faults) Parse(JsonNode? root)
    {
        if (root is not JsonObject map) return (null, ["it is no map with installation and pools"]);
        var faults = new List<string>();
        Unknown(map, RootKeys, "", faults);
        var installation = Text(map, "installation", "", faults) ?? "";
        if (!Label().IsMatch(installation)) faults.Add("installation: use 1 to 40 of a-z, 0-9 and '-', a letter first");
        var pools = new List<WarmPoolSpec>();
        foreach (var (item, index) in (map["pools"] as JsonArray ?? []).Select((item, index) => (item, index)))
        {
            if (item is JsonObject pool) pools.Add(Pool(pool, $"pools[{index}].", faults));
            else faults.Add($"pools[{index}]: is no map");
        }
        if (pools.Count == 0) faults.Add("pools: declare at least one");
        foreach (var twice in pools.GroupBy(p => p.Name, StringComparer.Ordinal).Where(g => g.Count() > 1)) faults.Add($"pools: there are two pools '{twice.Key}'");
        var (watchNodes, dedicated) = (Flag(map, "watchNodes", true, faults), Flag(map, "dedicated", false, faults));
        if (faults.Count > 0) return (null, faults);
        return (new PoolsSpec(installation, pools) { Owner = Text(map, "owner", "", faults), WatchNodes = watchNodes, Dedicated = dedicated }, faults);
    }

    private static WarmPoolSpec Pool(JsonObject map, string at, List<string> faults)
    {
        Unknown(map, PoolKeys, at, faults);
        var name = Text(map, "name", at, faults) ?? "";
        if (!Label().IsMatch(name)) faults.Add($"{at}name: use 1 to 40 of a-z, 0-9 and '-', a letter first");
        var device = Text(map, "device", at, faults) ?? "";
        if (device is not ("cpu" or "cuda")) faults.Add($"{at}device: is cpu or cuda, not '{device}'");
        var max = Whole(map, "max", at, 1, faults, 0, MaxPods);
        var min = Whole(map, "min", at, 0, faults, 0, MaxPods);
        if (min > max) faults.Add($"{at}min: is more than max");
        if (map["template"] is not JsonObject { } template || template["spec"] is not JsonObject spec || spec["containers"] is not JsonArray { Count: > 0 })
        {
            faults.Add($"{at}template: needs a spec with containers, as in a Deployment");
            template = [];
        }
        return new WarmPoolSpec(name, device, max, (JsonObject)template.DeepClone())
        {
            Min = min,
            IdleAfter = TimeSpan.FromSeconds(Whole(map, "idleSeconds", at, 600, faults, 0, 7 * 86_400)),
            Deadline = TimeSpan.FromSeconds(Whole(map, "deadlineSeconds", at, 900, faults, 1, 7 * 86_400)),
        };
    }

    private static int Whole(JsonObject map, string key, string at, int standard, List<string> faults, int least, int most)
    {
        if (map[key] is not { } node) return standard;
        if (node is JsonValue value && value.TryGetValue<long>(out var number) && number >= least && number <= most) return (int)number;
        faults.Add($"{at}{key}: is a whole number from {least} to {most}, not {node.ToJsonString()}");
        return standard;
    }

    private static bool Flag(JsonObject map, string key, bool standard, List<string> faults)
    {
        if (map[key] is not { } node) return standard;
        if (node is JsonValue value && value.TryGetValue<bool>(out var flag)) return flag;
        faults.Add($"{key}: is true or false");
        return standard;
    }

    private static string? Text(JsonObject map, string key, string at, List<string> faults)
    {
        if (map[key] is not { } node) return null;
        if (node is JsonValue value && value.TryGetValue<string>(out var text)) return text;
        faults.Add($"{at}{key}: is a text");
        return null;
    }

    private static void Unknown(JsonObject map, string[] known, string at, List<string> faults)
    {
        foreach (var (key, _) in map)
        {
            if (!known.Contains(key, StringComparer.Ordinal)) faults.Add($"{at}{key}: there is no such key; there are {string.Join(", ", known)}");
        }
    }

    private static OrchestratorException Fault(string path, string what, Exception? inner = null) => new("kubernetes.pools_file", $"--kubernetes {path}: {what}", inner);

    [GeneratedRegex("^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$")]
    private static partial Regex Label();
}
