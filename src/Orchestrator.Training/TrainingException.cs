using Orchestrator.Domain.Errors;

namespace Orchestrator.Training;

/// <summary>A trial cannot be trained: what was wrong, where, and what to do. Every cause is deterministic: a retry meets it again.</summary>
#pragma warning disable CA1032 // A code is never optional.
public sealed class TrainingException(string code, string message, Exception? inner = null) : OrchestratorException(code, message, inner)
#pragma warning restore CA1032
{
    /// <summary>No task has that name.</summary>
    public const string UnknownTask = "training.unknown_task";

    /// <summary>Parameters are unknown, of the wrong type or out of range.</summary>
    public const string InvalidParameters = "training.invalid_parameters";

    /// <summary>The device does not exist on this machine.</summary>
    public const string DeviceUnavailable = "training.device_unavailable";

    /// <summary>The loss is not a finite number any more.</summary>
    public const string Diverged = "training.diverged";

    /// <summary>Training became unsound in a way that the sweep ends trials for.</summary>
    public const string Unhealthy = "training.unhealthy";

    /// <summary>A program that is a task of the user's own could not be run, or failed.</summary>
    public const string CommandFailed = "training.command_failed";

    /// <summary>A file of the dataset is missing.</summary>
    public const string DatasetMissing = "dataset.missing";

    /// <summary>A file of the dataset is not what it should be.</summary>
    public const string DatasetDamaged = "dataset.damaged";

    /// <summary>The dataset kind is unknown, or the task cannot train on it.</summary>
    public const string DatasetUnsupported = "dataset.unsupported";

    /// <summary>What a program that is a task ended with (128 and the signal's number, where one ended it); null where it is none, or never ran.</summary>
    public int? ExitCode { get; init; }
}
