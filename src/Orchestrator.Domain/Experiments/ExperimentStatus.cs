using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Experiments;

/// <summary>Where an experiment is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExperimentStatus>))]
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
}
