using Orchestrator.Cli.Output;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary>Finds the checkpoint to generate from.</summary>
internal static class BestCheckpoint
{
    /// <summary>Where a trial's best checkpoint is, or null where it has none.</summary>
    public static async Task<string?> FindAsync(Experiments.ExperimentsClient client, Experiment experiment, int trial, CancellationToken cancel)
    {
        if (trial == 0) return null;
        var request = new ListCheckpointsRequest { Experiment = experiment.Id, Trial = trial };
        var list = await client.ListCheckpointsAsync(request, cancellationToken: cancel);
        return Choose(list.Checkpoints, experiment.Maximize) is { } best ? LocalPath.Of(best.Location) : null;
    }

    /// <summary>The one with the best metric; the newest where none has one.</summary>
    /// <param name="checkpoints">Newest first.</param>
    /// <param name="maximize">Whether more is better.</param>
    public static Checkpoint? Choose(IReadOnlyList<Checkpoint> checkpoints, bool maximize)
    {
        var measured = checkpoints.Where(checkpoint => checkpoint.HasMetric && !double.IsNaN(checkpoint.Metric));
        return measured.MinBy(checkpoint => maximize ? -checkpoint.Metric : checkpoint.Metric) ?? (checkpoints.Count > 0 ? checkpoints[0] : null);
    }
}
