using System.Text.Json.Serialization;
using Orchestrator.Domain.Json;

namespace Orchestrator.Domain.Specs;

/// <summary>What a slot is made of.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<DeviceKind>))]
public enum DeviceKind
{
    /// <summary>A share of the host's processors.</summary>
    Cpu,

    /// <summary>One CUDA device.</summary>
    Cuda,
}
