using System.Text.Json.Serialization;
using Orchestrator.Domain.Json;

namespace Orchestrator.Domain.Specs;

/// <summary>Who sees to it that a gang's ranks start together.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<GangScheduler>))]
public enum GangScheduler
{
    /// <summary>The cluster's own scheduler, rank by rank, or a queue in front of it.</summary>
    None,

    /// <summary>Volcano.</summary>
    Volcano,

    /// <summary>The coscheduling plug-in of the cluster's scheduler.</summary>
    Coscheduling,
}
