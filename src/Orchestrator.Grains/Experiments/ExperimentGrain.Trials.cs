using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Parameters;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Grains.Experiments;

public sealed partial class ExperimentGrain
{
    /// <inheritdoc/>
    public Task<TrialView?> Trial(int number) => Task.FromResult(ViewOf([number])?.Trials.SingleOrDefault());

    /// <inheritdoc/>
    public Task<TrialCommandReply?> PauseTrial(int trial, string reason) => Command(trial, e => e.PauseTrial(trial, reason, time.GetUtcNow()));

    /// <inheritdoc/>
    public Task<TrialCommandReply?> ResumeTrial(int trial) => Command(trial, e => e.ResumeTrial(trial, time.GetUtcNow()));

    /// <inheritdoc/>
    public Task<TrialCommandReply?> ExtendTrial(int trial, int epochs) => Command(trial, e => e.ExtendTrial(trial, epochs, time.GetUtcNow()));

    /// <inheritdoc/>
    public Task<TrialCommandReply?> StopTrial(int trial, string reason) => Command(trial, e => e.StopTrial(trial, reason, time.GetUtcNow()));

    /// <inheritdoc/>
    public async Task<TrialCommandReply?> ForkTrial(int trial, int? epoch, string changes)
    {
        if (_experiment?.Find(trial) is not null && !await HasCheckpoint(trial, epoch)) return new TrialCommandReply(0, NoCheckpoint(trial, epoch));
        return await Command(trial, e => e.ForkTrial(trial, epoch, ParameterSet.FromJson(changes), time.GetUtcNow()));
    }

    private async Task<TrialCommandReply?> Command(int trial, Func<Experiment, IReadOnlyList<ExperimentEvent>> decide)
    {
        if (_experiment is null) return null;
        try
        {
            var events = await CommitAndAct(decide);
            return new TrialCommandReply(events.OfType<TrialForked>().SingleOrDefault()?.Trial ?? trial);
        }
        catch (TrialCommandException refused)
        {
            return new TrialCommandReply(0, refused.Message, IsUnknown: refused.Code == TrialCommandException.UnknownTrial);
        }
    }

    private async Task<bool> HasCheckpoint(int trial, int? epoch) =>
        (await catalogue.ListAsync(new TrialId(Id, trial), CancellationToken.None)).Any(c => c.Epoch <= (epoch ?? int.MaxValue));

    private static string NoCheckpoint(int trial, int? epoch) =>
        epoch is null ? $"Trial {trial} has no checkpoint yet." : $"Trial {trial} has no checkpoint at or before epoch {epoch}; checkpoint.keep says how many of the newest are kept.";
}
