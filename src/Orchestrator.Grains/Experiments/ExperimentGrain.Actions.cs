using Orchestrator.Domain.Experiments;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Grains.Experiments;

public sealed partial class ExperimentGrain
{
    /// <summary>Tells workers and pool what events mean for them. What is lost here, <see cref="Reconcile"/> mends.</summary>
    private async Task Act(IReadOnlyList<ExperimentEvent> events)
    {
        if (events.Count == 0) return;
        foreach (var value in events)
        {
            switch (value)
            {
                case AttemptStarted e: _attempts[e.Trial] = new AttemptTracker(_experiment!.Find(e.Trial)!); break;
                case AttemptRegrouped e: await TellRegrouped(e); break;
                case AttemptEnded e: await EndRanks(e.Trial, e.Reason ?? "The attempt is over.", save: e.Outcome is AttemptOutcome.Stopped or AttemptOutcome.Preempted); break;
                case TrialEnded e: await EndRanks(e.Trial, e.Reason ?? "The trial is over.", save: false); break;
                default: break;
            }
        }
        await KeepWatch();
        if (events.Any(e => e is not TrialReported)) await SyncPool();
    }

    /// <summary>Ends the ranks of an attempt that is over, except those that said themselves that they ended.</summary>
    private async Task EndRanks(int trial, string reason, bool save)
    {
        if (!_attempts.Remove(trial, out var tracker)) return;
        var isOver = _experiment!.Find(trial) is not { Status: TrialStatus.Waiting or TrialStatus.Running };
        foreach (var worker in tracker.Alive) await GrainFactory.GetGrain<IWorkerGrain>(worker).StopAttempt(tracker.Attempt, reason, save, isOver);
    }

    /// <summary>
    /// The experiment's heartbeat: mends what lost messages, dead workers and spent budgets have left behind.
    /// </summary>
    private async Task Reconcile(CancellationToken cancellationToken)
    {
        if (_experiment is null) return;
        await Settle();
        foreach (var tracker in _attempts.Values.Where(a => a.Broken is { } broken && time.GetUtcNow() >= broken.Due).ToList())
        {
            await CommitAndAct(e => e.EndAttempt(tracker.Broken!.Value.End, time.GetUtcNow()));
        }
        foreach (var tracker in _attempts.Values.Where(a => a.IsWaiting).ToList()) await RegroupWhereDue(tracker);
        var answer = await SyncPool();
        foreach (var lost in answer.Lost) await EndLost(lost);
        await Obey(answer);
    }

    private async Task EndLost(LostAttempt lost)
    {
        if (Running(lost.Attempt) is not { } tracker) return;
        if (tracker.Broken is { } broken) await CommitAndAct(e => e.EndAttempt(broken.End, time.GetUtcNow()));
        else await Regroup(tracker, [lost.Worker], $"Worker {lost.Worker} {(lost.HasLeft ? "left in order" : "was lost")}.");
    }
}
