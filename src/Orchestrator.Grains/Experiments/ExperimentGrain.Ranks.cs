using Microsoft.Extensions.Logging;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Grains.Experiments;

/// <summary>What becomes of the ranks of an attempt that has lost some of them. See docs/adr/0020-elastic-ranks.md.</summary>
public sealed partial class ExperimentGrain
{
    /// <inheritdoc/>
    public async Task GroupLost(AttemptKey attempt, string worker, int generation)
    {
        if (Running(attempt) is not { } tracker || !tracker.Has(worker))
        {
            await StopStale(attempt, worker);
        }
        else if (_experiment!.Find(attempt.Trial)! is var trial && generation < trial.Generation)
        {
            await AssignRanks(trial, [worker]);
        }
        else
        {
            tracker.Wait(worker);
            await RegroupWhereDue(tracker);
        }
    }

    /// <inheritdoc/>
    public Task Confirm(AttemptKey attempt, string worker) =>
        Running(attempt) is { } tracker && tracker.Has(worker) ? Task.CompletedTask : StopStale(attempt, worker);

    /// <summary>
    /// A new generation is due when it is known what became of every rank that does not wait for it: those without a stream for a while are lost; those
    /// with one are busy and will join when they are done. Where nobody is lost, it is due when all wait.
    /// </summary>
    private async Task RegroupWhereDue(AttemptTracker tracker)
    {
        if (!tracker.IsWaiting) return;
        List<string> lost = [];
        var isBusy = false;
        foreach (var worker in tracker.Unheard)
        {
            var away = await GrainFactory.GetGrain<IWorkerGrain>(worker).AwayFor();
            if (away < options.Value.RegroupGrace) return;
            if (away is null) isBusy = true;
            else lost.Add(worker);
        }
        if (lost.Count > 0 || !isBusy) await Regroup(tracker, lost, $"The connections between its ranks were lost, and {(lost.Count > 0 ? $"worker {lost[0]}" : "nobody")} is gone.");
    }

    private async Task Regroup(AttemptTracker tracker, IReadOnlyCollection<string> lost, string reason)
    {
        foreach (var worker in lost) LogLost(tracker.Attempt.ToId(), worker);
        var (number, attempt) = (tracker.Attempt.Trial, tracker.Attempt.Attempt);
        await CommitAndAct(e => e.Regroup(number, attempt, [.. lost, .. tracker.Ended], reason, time.GetUtcNow()));
    }

    /// <summary>Tells the ranks of the new generation, and those that are not of it any more. What is lost here, their heartbeats ask for again.</summary>
    private async Task TellRegrouped(AttemptRegrouped e)
    {
        if (!_attempts.TryGetValue(e.Trial, out var tracker)) return;
        tracker.Regrouped();
        LogRegrouped(tracker.Attempt.ToId(), e.Generation, e.Workers.Count, string.Join(", ", e.Lost));
        foreach (var worker in e.Lost) await StopStale(tracker.Attempt, worker);
        await AssignRanks(_experiment!.Find(e.Trial)!, e.Workers);
    }

    private async Task AssignRanks(Trial trial, IReadOnlyCollection<string> to)
    {
        var workers = await Pool.Registrations([.. trial.Workers]);
        if (workers.Length < trial.Workers.Count) return; // a coordinator that has just begun: some have not dialled in again
        await Assign(trial, workers, to);
    }

    private Task StopStale(AttemptKey attempt, string worker) =>
        GrainFactory.GetGrain<IWorkerGrain>(worker).StopAttempt(attempt, "The attempt is over, or goes on without this worker.", save: false, isOver: false);

    [LoggerMessage(EventId = 1007, Level = LogLevel.Warning, Message = "{Attempt}: goes on from memory as generation {Generation} with {Ranks} ranks, without: {Lost}")]
    private partial void LogRegrouped(AttemptId attempt, int generation, int ranks, string lost);
}
