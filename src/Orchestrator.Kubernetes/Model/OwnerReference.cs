using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes.Model;

/// <summary>An object that another one goes with when it is deleted.</summary>
internal sealed record OwnerReference
{
    public string ApiVersion { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";

    public string Uid { get; init; } = "";

    public bool? Controller { get; init; }

    /// <summary>As an object names it.</summary>
    public JsonObject ToJson() => new() { ["apiVersion"] = ApiVersion, ["kind"] = Kind, ["name"] = Name, ["uid"] = Uid };
}
