using System.Text.Json.Serialization;
using Orchestrator.Domain.Json;

namespace Orchestrator.Domain.Experiments;

/// <summary>Where a trial is.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<TrialStatus>))]
public enum TrialStatus
{
    /// <summary>It has no attempt now and needs one.</summary>
    Waiting,

    /// <summary>An attempt runs.</summary>
    Running,

    /// <summary>Terminal: trained to its end.</summary>
    Completed,

    /// <summary>Terminal: the trial scheduler ended it early.</summary>
    Stopped,

    /// <summary>Terminal: it can't be trained.</summary>
    Failed,

    /// <summary>Terminal: the experiment ended before it.</summary>
    Cancelled,

    /// <summary>It has given its slots up and goes on when it is resumed.</summary>
    Paused,
}
