using Orchestrator.Collectives;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Protocol;
using Orchestrator.Training.Trials;

namespace Orchestrator.Worker.Attempts;

/// <summary>From the message on the wire to what collectives and the training engine take.</summary>
internal static class Assignments
{
    /// <summary>
    /// The last resort: a lost rank breaks its connections or its lease long before. It must outlast what rank 0 may do while the others wait,
    /// such as training the classifier that judges samples.
    /// </summary>
    private static readonly TimeSpan CollectiveTimeout = TimeSpan.FromMinutes(10);

    /// <summary>The id of the attempt.</summary>
    public static AttemptId Id(Attempt attempt) => new(new TrialId(new ExperimentId(attempt.Experiment), attempt.Trial), attempt.Number);

    /// <summary>The process group of this rank.</summary>
    public static ProcessGroupOptions Group(Assign assign) => new()
    {
        GroupName = $"{Id(assign.Attempt)}/{assign.Generation}",
        Rank = assign.Rank,
        WorldSize = assign.Peers.Count,
        Peers = [.. assign.Peers.Select(p => new Uri(p))],
        Kind = Enum.Parse<CollectiveKind>(assign.Collective, ignoreCase: true),
        Timeout = CollectiveTimeout,
    };

    /// <summary>What this rank trains.</summary>
    /// <param name="assign">The assignment.</param>
    /// <param name="artifactFolder">The path of the folder for what shows how the trial goes; null: that of its checkpoints.</param>
    public static TrialAssignment Trial(Assign assign, string? artifactFolder = null) => new()
    {
        Attempt = Id(assign.Attempt),
        Generation = assign.Generation,
        Task = assign.Task,
        Parameters = ParameterSet.FromJson(assign.Parameters),
        Seed = assign.Seed,
        Dataset = new DatasetSpec(assign.DatasetKind, assign.DatasetPath),
        Metric = new MetricSpec(assign.Metric, assign.Maximize ? Goal.Maximize : Goal.Minimize),
        CheckpointFolder = assign.CheckpointFolder,
        ArtifactFolder = artifactFolder,
        Checkpoint = new CheckpointSpec(assign.CheckpointEvery, assign.CheckpointKeep) { Artifacts = [.. assign.Artifacts.Select(kind => Enum.Parse<ArtifactKind>(kind, ignoreCase: true))] },
        ResumeFrom = [.. assign.ResumeFrom.Select(point => Record(assign.Attempt, point))],
        InitFrom = assign.InitFrom.Length > 0 ? assign.InitFrom : null,
        StopOn = [.. assign.StopOn.Select(problem => Enum.Parse<HealthProblem>(problem, ignoreCase: true))],
        Command = [.. assign.Command],
        Device = assign.Device,
        Threads = 1,
    };

    private static CheckpointRecord Record(Attempt attempt, ResumePoint point) => new(
        new AttemptId(new TrialId(new ExperimentId(attempt.Experiment), point.Trial == 0 ? attempt.Trial : point.Trial), point.Attempt),
        point.Epoch,
        point.Step,
        point.Location,
        point.ManifestSha256,
        point.Bytes,
        point.HasMetric ? point.Metric : null,
        point.CreatedAt.ToDateTimeOffset());
}
