using System.Text.Json.Serialization;
using Orchestrator.Domain.Json;

namespace Orchestrator.Domain.Specs;

/// <summary>What a gang with machines of its own is to the cluster.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<GangKind>))]
public enum GangKind
{
    /// <summary>A job.</summary>
    Job,

    /// <summary>A set of one job, for clusters that queue or place sets.</summary>
    JobSet,
}
