using System.Text.Json.Serialization;
using Orchestrator.Domain.Json;

namespace Orchestrator.Domain.Experiments;

/// <summary>How a run of a trial ended.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<AttemptOutcome>))]
public enum AttemptOutcome
{
    /// <summary>Trained to the end.</summary>
    Completed,

    /// <summary>Told to stop.</summary>
    Stopped,

    /// <summary>Lost a worker, a peer or a node: not the trial's fault.</summary>
    Interrupted,

    /// <summary>An error of the training itself; it may be tried once more.</summary>
    Failed,

    /// <summary>An error that would come again, such as bad data: not tried again.</summary>
    FailedForGood,

    /// <summary>Told to save and stop because others have more right to its slots; it goes on when there are free ones.</summary>
    Preempted,

    /// <summary>Training became unsound in a way that the sweep's rules end trials for.</summary>
    Unhealthy,
}
