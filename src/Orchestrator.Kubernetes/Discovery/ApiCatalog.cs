using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Model;

namespace Orchestrator.Kubernetes.Discovery;

/// <summary>What this API server offers. Each group version is asked about once; what is not there is not used.</summary>
internal sealed class ApiCatalog(KubernetesClient client)
{
    private readonly Dictionary<string, IReadOnlyList<ApiResource>> _known = new(StringComparer.Ordinal);

    /// <summary>The server's version, such as <c>v1.27.3</c>.</summary>
    public async Task<string> Version(CancellationToken cancellationToken) => (await client.Get("/version", ModelJson.Of<ServerVersion>(), cancellationToken)).GitVersion;

    /// <summary>Whether it offers a kind, and may do all of these with it.</summary>
    public async Task<bool> Offers(string group, string version, string resource, IReadOnlyList<string> verbs, CancellationToken cancellationToken)
    {
        var path = group.Length == 0 ? $"/api/{version}" : $"/apis/{group}/{version}";
        if (!_known.TryGetValue(path, out var resources)) _known[path] = resources = await Ask(path, cancellationToken);
        return resources.FirstOrDefault(r => r.Name == resource) is { } found && verbs.All(v => found.Verbs.Contains(v, StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<ApiResource>> Ask(string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.Get(path, ModelJson.Of<ApiResources>(), cancellationToken)).Resources;
        }
        catch (KubernetesException exception) when (exception.IsNotFound)
        {
            return [];
        }
    }
}
