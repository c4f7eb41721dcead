using System.Text.Json.Serialization;
using Orchestrator.Domain.Json;

namespace Orchestrator.Domain.Specs;

/// <summary>How the ranks of a trial reduce their gradients.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CollectiveKind>))]
public enum CollectiveKind
{
    /// <summary>Shared memory where all ranks are on one host, Gloo otherwise.</summary>
    Auto,

    /// <summary>Gloo: all ranks connected over TCP, as PyTorch's process groups on CPU are.</summary>
    Gloo,

    /// <summary>A ring over gRPC streams.</summary>
    Grpc,
}
