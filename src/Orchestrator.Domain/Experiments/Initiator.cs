using System.Text.Json.Serialization;
using Orchestrator.Domain.Json;

namespace Orchestrator.Domain.Experiments;

/// <summary>Who decided something about a trial.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Initiator>))]
public enum Initiator
{
    /// <summary>The trial scheduler of the sweep.</summary>
    Scheduler,

    /// <summary>A person, by a command.</summary>
    Person,
}
