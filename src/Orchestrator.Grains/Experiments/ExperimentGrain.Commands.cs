using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Journal;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Grains.Experiments;

public sealed partial class ExperimentGrain
{
    /// <inheritdoc/>
    public async Task<bool> Submit(Submission submission)
    {
        if (_experiment is not null) return false;
        var spec = JsonSerializer.Deserialize<ExperimentSpec>(submission.Spec) ?? throw new ArgumentException("A spec can't be null.", nameof(submission));
        var submitted = new ExperimentSubmitted(time.GetUtcNow(), spec, submission.Source) { Trace = Activity.Current?.Id };
        try
        {
            await journal.AppendAsync(Id, 0, [submitted], CancellationToken.None);
        }
        catch (JournalConflictException)
        {
            await Load(CancellationToken.None);
            return false;
        }
        _experiment = Begin(submitted);
        Observe(submitted);
        await KeepWatch();
        return true;
    }

    /// <inheritdoc/>
    public async Task Wake()
    {
        if (_experiment is { Status: not ExperimentStatus.Running }) await SayUsed();
        if (_experiment is { Status: ExperimentStatus.Deleting }) await Erase();
        if (_experiment is null or { IsTerminal: true }) DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public Task<ExperimentView?> View(long revision) => Task.FromResult(ViewOf(_changes.After(revision)));

    /// <inheritdoc/>
    public Task<ExperimentView?> Header() => Task.FromResult(ViewOf([]));

    /// <inheritdoc/>
    public async Task<bool> Stop(string reason)
    {
        if (_experiment is null) return false;
        await CommitAndAct(e => e.Stop(reason, time.GetUtcNow()));
        return true;
    }

    /// <inheritdoc/>
    public async Task<bool> Resume()
    {
        if (_experiment is null) return false;
        await CommitAndAct(e => e.Resume(time.GetUtcNow()));
        return true;
    }

    /// <inheritdoc/>
    public async Task<AttemptKey?> Place(ImmutableArray<WorkerRegistration> workers)
    {
        if (_experiment is null) return null;
        var events = await CommitAndAct(e => e.Place([.. workers.Select(w => w.Worker)], time.GetUtcNow()));
        if (events.OfType<AttemptStarted>().SingleOrDefault() is not { } started) return null;
        var trial = _experiment.Find(started.Trial)!;
        await catalogue.FenceAsync(trial.CurrentAttempt, CancellationToken.None);
        await Assign(trial, workers, trial.Workers);
        return trial.CurrentAttempt.ToKey();
    }

    /// <inheritdoc/>
    public async Task<ReportReply> Report(TrialReport report)
    {
        if (_experiment is null || Running(report.Attempt)?.IsFirst(report.Worker) == false) return ReportReply.Stale;
        var key = report.Attempt;
        var verdict = ReportVerdict.Stale;
        var now = time.GetUtcNow();
        await CommitAndAct(e => e.Report(new TrialReported(now, key.Trial, key.Attempt, report.Sequence, report.Epoch, report.Step, report.Metrics, report.Findings.IsDefaultOrEmpty ? null : report.Findings), now, out verdict));
        instruments.Reported(verdict);
        return verdict == ReportVerdict.Stale ? ReportReply.Stale : ReportReply.Acknowledged;
    }

    /// <inheritdoc/>
    public async Task<ReportReply> CheckpointSaved(CheckpointReport checkpoint)
    {
        if (!IsNewest(checkpoint.Attempt, checkpoint.Worker)) return ReportReply.Stale;
        var record = new CheckpointRecord(
            checkpoint.Attempt.ToId(), checkpoint.Epoch, checkpoint.Step, checkpoint.Location, checkpoint.ManifestSha256, checkpoint.Bytes, checkpoint.Metric, time.GetUtcNow());
        var registered = await catalogue.RegisterAsync(record, CancellationToken.None);
        instruments.CheckpointRegistered(registered, checkpoint.Bytes);
        return registered ? ReportReply.Acknowledged : ReportReply.Stale;
    }

    /// <inheritdoc/>
    public async Task<ReportReply> CheckpointRemoved(AttemptKey attempt, string location, string worker)
    {
        if (!IsNewest(attempt, worker)) return ReportReply.Stale;
        if (await ResumePoints.IsForked(_experiment!, attempt.ToId().Trial, location, catalogue)) return ReportReply.Kept;
        await catalogue.RemoveAsync(attempt.ToId().Trial, location, CancellationToken.None);
        return ReportReply.Acknowledged;
    }

    /// <inheritdoc/>
    public async Task RankEnded(RankEnd end)
    {
        if (Running(end.Attempt) is not { } tracker || !tracker.Has(end.Worker)) return;
        tracker.End(end.Worker);
        var now = time.GetUtcNow();
        var ended = new AttemptEnded(now, end.Attempt.Trial, end.Attempt.Attempt, end.Outcome, end.Reason, end.ExitCode, end.LogTail);
        switch (end.Outcome)
        {
            case AttemptOutcome.Completed when !tracker.IsFirst(end.Worker):
                return;
            case AttemptOutcome.Stopped or AttemptOutcome.Interrupted:
                tracker.Break(ended, now + options.Value.RootCauseGrace);
                if (tracker.AllEnded) await CommitAndAct(e => e.EndAttempt(tracker.Broken!.Value.End, now));
                return;
            case AttemptOutcome.Failed or AttemptOutcome.FailedForGood:
                await FailAttempt(ended, end.Worker);
                return;
            default:
                await CommitAndAct(e => e.EndAttempt(ended, now));
                return;
        }
    }

    /// <inheritdoc/>
    public Task Progress(RankProgress progress)
    {
        if (Running(progress.Attempt) is not { } tracker) return Task.CompletedTask;
        tracker.Progress = progress;
        _changes.Touch(progress.Attempt.Trial);
        return Task.CompletedTask;
    }

    private ExperimentView? ViewOf(IReadOnlyList<int> trials) =>
        _experiment is null ? null : ExperimentViews.Of(_experiment, options.Value.Folder, _attempts, _waiting, trials, _changes.Revision);

    private AttemptTracker? Running(AttemptKey attempt) =>
        _attempts.TryGetValue(attempt.Trial, out var tracker) && tracker.Attempt == attempt ? tracker : null;

    /// <summary>Whether a worker has rank 0 of a trial's newest attempt.</summary>
    private bool IsNewest(AttemptKey attempt, string worker) =>
        _experiment is { Status: not ExperimentStatus.Deleting } && _experiment.Find(attempt.Trial) is { } trial && trial.Attempt == attempt.Attempt && trial.Workers[0] == worker;
}
