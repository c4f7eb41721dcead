using System.Text.Json.Serialization.Metadata;

namespace Orchestrator.Kubernetes.Client;

/// <summary>A kind of object: where it is found and how it is read.</summary>
/// <typeparam name="T">What is read of an object.</typeparam>
/// <param name="Group">The API group; empty: the core group.</param>
/// <param name="Version">The version of the group.</param>
/// <param name="Plural">Its name in paths, such as <c>pods</c>.</param>
/// <param name="Item">Reads one.</param>
/// <param name="List">Reads a page of them.</param>
/// <param name="IsNamespaced">Whether objects are in namespaces.</param>
internal sealed record ResourceKind<T>(string Group, string Version, string Plural, JsonTypeInfo<T> Item, JsonTypeInfo<ResourceList<T>> List, bool IsNamespaced = true)
{
    /// <summary>The group and version as objects name them.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The path of one object, or of all of a namespace, or of all there are.</summary>
    public string Path(string? @namespace, string? name = null)
    {
        var path = (Group.Length == 0 ? "/api/" : "/apis/") + ApiVersion;
        if (IsNamespaced && @namespace is not null) path += $"/namespaces/{Uri.EscapeDataString(@namespace)}";
        path += $"/{Plural}";
        return name is null ? path : $"{path}/{Uri.EscapeDataString(name)}";
    }
}
