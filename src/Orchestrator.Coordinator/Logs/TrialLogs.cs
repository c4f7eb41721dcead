using System.Runtime.CompilerServices;
using Orchestrator.Checkpoints.Blobs.S3;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Grains.Contracts;
using Orchestrator.ServiceDefaults.Logs;

namespace Orchestrator.Coordinator.Logs;

/// <summary>The logs of trials' ranks, for clients. They lie where the checkpoints do.</summary>
public sealed class TrialLogs(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan FetchEvery = TimeSpan.FromSeconds(3);

    /// <summary>A rank's log; null where there is no such trial or rank.</summary>
    /// <param name="experiment">The trial's experiment.</param>
    /// <param name="trial">The trial's number.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="since">Only lines of this time and later; null: all that are kept.</param>
    /// <param name="follow">Whether to go on with what comes, until the trial has ended.</param>
    public async Task<IAsyncEnumerable<LogLine>?> Open(string experiment, int trial, int rank, DateTimeOffset? since, bool follow)
    {
        if (!ExperimentId.TryParse(experiment, out var id)) return null;
        var grain = grains.GetGrain<IExperimentGrain>(id.Value);
        if (await grain.Header() is not { } view || trial < 1 || trial > view.TrialCount || rank < 0 || rank >= view.WorldSize) return null;
        return Read(grain, view.Folder, trial, rank, since, follow);
    }

    private async IAsyncEnumerable<LogLine> Read(
        IExperimentGrain grain, string folder, int trial, int rank, DateTimeOffset? since, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var copy = S3Location.IsOne(folder) ? new BucketRankLog(folder, trial, rank, time) : null;
        var reader = new RankLogReader(copy?.Folder ?? RankLogFolder.Of(new Uri(folder).LocalPath, trial), rank);
        using var ticks = new PeriodicTimer(copy is null ? LookEvery : FetchEvery, time);
        while (true)
        {
            // Asked before reading: what was logged before the end is there when the end is known.
            var isLast = !follow || await HasEnded(grain, trial);
            if (copy is not null) await Task.Run(copy.Fetch, cancellationToken);
            foreach (var line in reader.ReadNew())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (since is null || line.Time >= since) yield return line;
            }
            if (isLast) yield break;
            await ticks.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static async Task<bool> HasEnded(IExperimentGrain grain, int trial) =>
        await grain.Header() is not { Status: ExperimentStatus.Running } || await grain.Trial(trial) is not { Status: TrialStatus.Waiting or TrialStatus.Running or TrialStatus.Paused };
}
