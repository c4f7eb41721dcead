using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Training.Trials;

/// <summary>All that one rank needs to train a trial. Every rank of an attempt gets the same one, but for <see cref="Device"/> and <see cref="Threads"/>.</summary>
public sealed record TrialAssignment
{
    /// <summary>The trial and the number of this attempt.</summary>
    public required AttemptId Attempt { get; init; }

    /// <summary>The generation of the attempt's process group that this rank is of.</summary>
    /// <value>The default, 1, is the first.</value>
    public int Generation { get; init; } = 1;

    /// <summary>Name of the task in the catalog.</summary>
    public required string Task { get; init; }

    /// <summary>The trial's parameters; what it does not set has the task's defaults.</summary>
    public required ParameterSet Parameters { get; init; }

    /// <summary>Seed of initial weights, data order and noise.</summary>
    public required long Seed { get; init; }

    /// <summary>What to train on.</summary>
    public required DatasetSpec Dataset { get; init; }

    /// <summary>The metric that decides which checkpoint is the best.</summary>
    public required MetricSpec Metric { get; init; }

    /// <summary>The trial's own folder for checkpoints: a <c>file:</c> URI, a path or an <c>s3:</c> URL. Only rank 0 uses it.</summary>
    public required string CheckpointFolder { get; init; }

    /// <summary>The path of the folder for what shows how the trial goes; null: that of the checkpoints, which is none in a bucket then. Only rank 0 uses it.</summary>
    public string? ArtifactFolder { get; init; }

    /// <summary>When to save, and how many to keep.</summary>
    public CheckpointSpec Checkpoint { get; init; } = new();

    /// <summary>Checkpoints to resume from, newest first; the first one that is sound is used. Empty: start at the beginning. Only rank 0 uses it.</summary>
    public IReadOnlyList<CheckpointRecord> ResumeFrom { get; init; } = [];

    /// <summary>A safetensors file with the parameters and buffers to begin with, where nothing is resumed; null: the seed draws them. Only rank 0 reads it.</summary>
    public string? InitFrom { get; init; }

    /// <summary>Problems that end the trial.</summary>
    public IReadOnlyList<HealthProblem> StopOn { get; init; } = [];

    /// <summary>The program that is run in the place of a task, and its arguments; empty: none.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads that tensor operations may use.</summary>
    /// <value>The default, 0, is the processors of the machine divided by the world size, at least 1.</value>
    public int Threads { get; init; }
}
