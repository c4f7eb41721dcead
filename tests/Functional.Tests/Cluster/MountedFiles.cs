using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Model;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Functional.Tests.Cluster;

/// <summary>Files of ConfigMaps and Secrets that Pods mount.</summary>
internal sealed class MountedFiles(KubernetesClient client) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Where the files of a container's volumes are, by their paths in it.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Mount(JsonNode pod, JsonNode container, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var mount in container["volumeMounts"]!.AsArray())
        {
            var volume = pod["volumes"]!.AsArray().Single(v => (string?)v!["name"] == (string?)mount!["name"])!;
            foreach (var (name, text) in await Files(volume, cancellationToken)) files[$"{mount!["mountPath"]}/{name}"] = _folder.Write($"{mount["name"]}-{name}", text);
        }
        return files;
    }

    /// <summary>A key of a Secret.</summary>
    public async Task<string> Secret(JsonNode reference, CancellationToken cancellationToken)
    {
        var secret = await Read("secrets", (string)reference["name"]!, cancellationToken);
        return Decode(secret["data"]![(string)reference["key"]!]!);
    }

    private async Task<IEnumerable<(string Name, string Text)>> Files(JsonNode volume, CancellationToken cancellationToken)
    {
        if (volume["configMap"]?["name"] is { } map) return (await Read("configmaps", (string)map!, cancellationToken))["data"]!.AsObject().Select(d => (d.Key, (string)d.Value!));
        if (volume["secret"]?["secretName"] is not { } secret) return [];
        var keys = volume["secret"]!["items"]?.AsArray().Select(i => (string)i!["key"]!).ToHashSet(StringComparer.Ordinal);
        return (await Read("secrets", (string)secret!, cancellationToken))["data"]!.AsObject().Where(d => keys?.Contains(d.Key) ?? true).Select(d => (d.Key, Decode(d.Value!)));
    }

    private Task<JsonNode> Read(string kind, string name, CancellationToken cancellationToken) =>
        client.Get($"/api/v1/namespaces/{client.Namespace}/{kind}/{name}", ModelJson.Of<JsonNode>(), cancellationToken);

    private static string Decode(JsonNode data) => Encoding.UTF8.GetString(Convert.FromBase64String((string)data!));
}
