using System.Collections.Immutable;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Grains.Experiments;

/// <summary>Makes what each rank of an attempt is told.</summary>
internal static class Assignments
{
    /// <summary>One assignment per worker, in the order of rank.</summary>
    public static IEnumerable<Assignment> For(
        ExperimentSpec spec, Trial trial, IReadOnlyList<WorkerRegistration> workers, string folder, IReadOnlyList<CheckpointRecord> checkpoints, string? trace)
    {
        ImmutableArray<string> peers = [.. workers.Select(w => w.Endpoint)];
        ImmutableArray<ResumePoint> resumeFrom = [.. checkpoints.Select(c => new ResumePoint(c.Attempt.Number, c.Epoch, c.Step, c.Location, c.ManifestSha256, c.Bytes, c.Metric, c.CreatedAt, c.Attempt.Trial.Number))];
        return workers.Select((_, rank) => new Assignment(
            trial.CurrentAttempt.ToKey(),
            rank,
            peers,
            spec.Task,
            Experiment.EffectiveParameters(trial).ToJson(),
            trial.Seed,
            spec.Dataset?.Kind ?? "",
            spec.Dataset?.Path ?? "",
            spec.Collective.ToString().ToLowerInvariant(),
            spec.Metric.Name,
            spec.Metric.Goal == Goal.Maximize,
            folder,
            spec.Checkpoint.Every,
            spec.Checkpoint.Keep,
            resumeFrom,
            DeviceNames.Of(spec.Resources.Device),
            [.. (spec.Health?.StopOn ?? []).Select(problem => problem.ToString().ToLowerInvariant())],
            spec.InitFrom ?? "",
            [.. spec.Command ?? []],
            [.. (spec.Checkpoint.Artifacts ?? []).Select(kind => kind.ToString().ToLowerInvariant())],
            trace ?? "",
            trial.Generation,
            spec.Resources.MinWorldSize is not null,
            trial.Epoch));
    }
}
