using System.Text.Json.Serialization;
using Orchestrator.Domain.Json;

namespace Orchestrator.Domain.Specs;

/// <summary>How near to one another the devices of a gang are, from the nearest.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<TopologyLevel>))]
public enum TopologyLevel
{
    /// <summary>On one machine.</summary>
    Host,

    /// <summary>On machines of one rack.</summary>
    Rack,

    /// <summary>In one zone: a room, a data centre, an availability zone.</summary>
    Zone,
}
