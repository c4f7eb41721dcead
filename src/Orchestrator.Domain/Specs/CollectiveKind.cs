using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Specs;

/// <summary>How the ranks of a trial reduce their gradients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CollectiveKind>))]
public enum CollectiveKind
{
    /// <summary>libtorch's c10d process group over Gloo.</summary>
    Gloo,

    /// <summary>A ring over gRPC streams.</summary>
    Grpc,
}
