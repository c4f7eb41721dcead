using Microsoft.Extensions.Logging;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Grains.Experiments;

public sealed partial class ExperimentGrain
{
    private const int ErasedAtOnce = 256;

    /// <inheritdoc/>
    public async Task<DeletionReply> Delete(string by, bool keepCheckpoints)
    {
        if (_experiment is null) return new DeletionReply(DeletionOutcome.Unknown);
        if (_experiment.Status == ExperimentStatus.Running) return new DeletionReply(DeletionOutcome.Refused, $"{Id} is running, so it can't be deleted; stop it first.");
        // A worker that still saves what it was told to would write into a folder that is gone.
        if ((await Pool.Workers()).FirstOrDefault(w => w.Running?.Experiment == Id.Value) is { } busy)
        {
            return new DeletionReply(DeletionOutcome.Held, $"{Id} has stopped, and worker {busy.Worker} still ends an attempt of it; delete it in a moment.");
        }
        await CommitAndAct(e => e.Delete(by, keepCheckpoints, time.GetUtcNow()));
        return await Erase();
    }

    /// <summary>
    /// Removes what a deleted experiment has. The journal goes last: while it is there the experiment is listed, and a deletion that broke off is known and done again.
    /// The catalogue goes before the files: what it names is there.
    /// </summary>
    private async Task<DeletionReply> Erase()
    {
        var experiment = _experiment!;
        await SayUsed(); // what it used stays used
        await metrics.RemoveAsync(Id, CancellationToken.None);
        foreach (var trials in experiment.Trials.Chunk(ErasedAtOnce)) await Task.WhenAll(trials.Select(t => catalogue.RemoveAsync(t.Id, CancellationToken.None)));
        try
        {
            await files.RemoveAsync(Id, experiment.KeepsCheckpoints, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotErased(exception, Id);
            return new DeletionReply(DeletionOutcome.Refused, $"{Id} is being deleted, but not all of its files can be: {exception.Message.TrimEnd('.')}; mend that and delete it again.");
        }
        await journal.RemoveAsync(Id, experiment.Version, CancellationToken.None);
        LogErased(Id, experiment.Trials.Count, experiment.KeepsCheckpoints ? "kept" : "removed");
        _experiment = null;
        Count(default);
        DeactivateOnIdle();
        return new DeletionReply(DeletionOutcome.Deleted);
    }

    [LoggerMessage(EventId = 1005, Level = LogLevel.Information, Message = "{Experiment} is deleted, with {Trials} trials; the files of its checkpoints are {Files}")]
    private partial void LogErased(ExperimentId experiment, int trials, string files);

    [LoggerMessage(EventId = 1006, Level = LogLevel.Warning, Message = "{Experiment}: not all of its files could be deleted; it is tried again when it is deleted again or the coordinator starts")]
    private partial void LogNotErased(Exception exception, ExperimentId experiment);
}
