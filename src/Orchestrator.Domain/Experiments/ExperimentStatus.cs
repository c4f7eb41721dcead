using System.Text.Json.Serialization;
using Orchestrator.Domain.Json;

namespace Orchestrator.Domain.Experiments;

/// <summary>Where an experiment is.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ExperimentStatus>))]
public enum ExperimentStatus
{
    /// <summary>Trials run or wait.</summary>
    Running,

    /// <summary>A person stopped it; it can be resumed.</summary>
    Stopped,

    /// <summary>Terminal: all its trials ended, or its budget is spent.</summary>
    Completed,

    /// <summary>Terminal: nothing could be trained.</summary>
    Failed,

    /// <summary>Terminal: a person deleted it; what it has is being removed.</summary>
    Deleting,
}
