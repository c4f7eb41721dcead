using System.Collections.Immutable;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Grains.Experiments;

/// <summary>Makes the views that clients see.</summary>
internal static class ExperimentViews
{
    /// <summary>An experiment and some of its trials.</summary>
    public static ExperimentView Of(
        Experiment experiment, string root, Dictionary<int, AttemptTracker> attempts, WaitingView? waiting, IReadOnlyList<int> trials, long revision)
    {
        var spec = experiment.Spec;
        return new ExperimentView(
            experiment.Id.Value, spec.Name, spec.Task, experiment.Status, experiment.Reason, spec.Metric.Name, spec.Metric.Goal == Goal.Maximize,
            spec.Budget.Trials, spec.Resources.WorldSize, experiment.SubmittedAt, experiment.EndedAt, experiment.Best?.Id.Number ?? 0,
            experiment.Trials.Count, experiment.Source, ExperimentFolders.Of(root, experiment.Id),
            [.. trials.Where(number => experiment.Find(number) is not null).Select(number => Of(experiment.Find(number)!, attempts.GetValueOrDefault(number)?.Progress, waiting?.Text))], revision, spec.Queue ?? QueueSpec.Default, spec.Priority, waiting,
            [.. (spec.FurtherMetrics ?? []).Select(m => m.Name)], [.. experiment.ParetoFront()]);
    }

    private static TrialView Of(Trial trial, RankProgress? progress, string? waitsFor) => new(
        trial.Id.Number, trial.Status, Experiment.EffectiveParameters(trial).ToJson(), trial.Seed, trial.Attempt, trial.Epoch, progress?.Epochs ?? trial.Epochs ?? 0, trial.Step, trial.Metrics.ToImmutableDictionary(),
        trial.BestMetric, trial.BestEpoch, trial.Status == TrialStatus.Waiting ? waitsFor ?? trial.Reason : trial.Reason, [.. trial.Workers], progress,
        trial.AttemptStartedAt, trial.EndedAt, trial.Parent, trial.ParentEpoch, [.. trial.Findings]);
}
