using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;

namespace Orchestrator.Grains.Experiments;

/// <summary>Which checkpoints an attempt may begin from: the trial's own, or, for a fork that has none yet, those of the trial that it was forked from.</summary>
internal static class ResumePoints
{
    /// <summary>The checkpoints to try, the best one first; empty: from the beginning.</summary>
    public static async Task<IReadOnlyList<CheckpointRecord>> For(Experiment experiment, Trial trial, ICheckpointCatalogue catalogue)
    {
        var found = await catalogue.ListAsync(trial.Id, CancellationToken.None);
        var epoch = int.MaxValue;
        for (var at = trial; found.Count == 0 && at.Parent is { } parent; at = experiment.Find(parent)!)
        {
            epoch = Math.Min(epoch, at.ParentEpoch);
            found = [.. Before(epoch, await catalogue.ListAsync(new TrialId(experiment.Id, parent), CancellationToken.None))];
        }
        return found;
    }

    /// <summary>Whether a fork is still to begin from this checkpoint of a trial, so that it must be kept.</summary>
    public static async Task<bool> IsForked(Experiment experiment, TrialId trial, string location, ICheckpointCatalogue catalogue)
    {
        var forks = experiment.ForksOf(trial.Number).Select(number => experiment.Find(number)!).Where(fork => !fork.IsTerminal && fork.Epoch == fork.ParentEpoch).ToList();
        if (forks.Count == 0) return false;
        var checkpoints = await catalogue.ListAsync(trial, CancellationToken.None);
        return forks.Any(fork => Before(fork.ParentEpoch, checkpoints).FirstOrDefault()?.Location == location);
    }

    /// <summary>Of two checkpoints of one epoch the earlier first: that is the one at the end of the epoch, not one saved by a pause in the next.</summary>
    private static IOrderedEnumerable<CheckpointRecord> Before(int epoch, IReadOnlyList<CheckpointRecord> checkpoints) =>
        checkpoints.Where(c => c.Epoch <= epoch).OrderByDescending(c => c.Epoch).ThenBy(c => c.Step);
}
