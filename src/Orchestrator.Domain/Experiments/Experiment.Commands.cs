using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Experiments;

public sealed partial class Experiment
{
    /// <summary>A person pauses a trial: it gives its slots up with a checkpoint, and only a person resumes it. No events where one has.</summary>
    /// <exception cref="TrialCommandException">There is no such trial, or it has ended.</exception>
    public IReadOnlyList<ExperimentEvent> PauseTrial(int number, string reason, DateTimeOffset now)
    {
        var trial = Get(number);
        if (trial.IsTerminal) throw TrialCommandException.Impossible($"Trial {number} is {Name(trial)}, so it can't be paused; fork it to go on from one of its checkpoints.");
        return trial.PausedBy == Initiator.Person ? [] : Paused(trial, Initiator.Person, reason, now);
    }

    /// <summary>
    /// A person resumes a trial that is paused, was stopped early, failed, or was cancelled: it goes on from its last checkpoint, once the experiment runs.
    /// No events where it runs or waits for slots.
    /// </summary>
    /// <exception cref="TrialCommandException">There is no such trial, it has trained to its end, or the budget is spent.</exception>
    public IReadOnlyList<ExperimentEvent> ResumeTrial(int number, DateTimeOffset now)
    {
        var trial = Get(number);
        if (trial.Status is TrialStatus.Waiting or TrialStatus.Running) return [];
        if (trial.Status == TrialStatus.Completed) throw TrialCommandException.Impossible($"Trial {number} has trained to its end, epoch {trial.Epoch}; extend it to train further.");
        return [.. Woken(now), new TrialResumed(now, number, Initiator.Person)];
    }

    /// <summary>A person moves a trial's end further away. One that runs goes on with its next attempt; one that had ended goes on; a paused one stays so.</summary>
    /// <exception cref="TrialCommandException">There is no such trial, it is that long already, or the budget is spent.</exception>
    public IReadOnlyList<ExperimentEvent> ExtendTrial(int number, int epochs, DateTimeOffset now)
    {
        var trial = Get(number);
        var end = Math.Max(trial.Epochs ?? 0, trial.Epoch);
        if (epochs <= end) throw TrialCommandException.Impossible($"Trial {number} has {end} epochs already; extend it to more than that, not to {epochs}.");
        var extended = new TrialExtended(now, number, epochs);
        return trial.Status == TrialStatus.Running ? [Broken(trial, $"Extended to {epochs} epochs.", now), extended] : [.. Woken(now), extended];
    }

    /// <summary>A person ends a trial; it counts as stopped early. No events where it has ended.</summary>
    /// <exception cref="TrialCommandException">There is no such trial.</exception>
    public IReadOnlyList<ExperimentEvent> StopTrial(int number, string reason, DateTimeOffset now) =>
        Get(number).IsTerminal ? [] : [new TrialEnded(now, number, TrialStatus.Stopped, reason)];

    /// <summary>A person begins a new trial from a checkpoint of another, with some parameters changed.</summary>
    /// <param name="number">The trial to begin from.</param>
    /// <param name="epoch">From its newest checkpoint at or before this epoch; null: its newest.</param>
    /// <param name="changes">Parameters with other values than the parent's.</param>
    /// <param name="now">The time.</param>
    /// <returns>The last event is the <see cref="TrialForked"/>.</returns>
    /// <exception cref="TrialCommandException">There is no such trial, epoch or parameter, nothing is left to train, or the budget is spent.</exception>
    public IReadOnlyList<ExperimentEvent> ForkTrial(int number, int? epoch, ParameterSet changes, DateTimeOffset now)
    {
        var parent = Get(number);
        var from = epoch ?? parent.Epoch;
        if (from < 0 || from > parent.Epoch) throw TrialCommandException.Impossible($"Trial {number} can't be forked at epoch {from}: it has trained {parent.Epoch} epochs.");
        foreach (var (name, value) in changes) CheckChange(parent, name, value);
        var parameters = new ParameterSet([.. EffectiveParameters(parent), .. changes]);
        var fork = _trials.Count + 1;
        var made = new Trial(new TrialId(Id, fork), parameters, SeedOf(fork), number, from);
        if (made.Epochs <= from) throw TrialCommandException.Impossible($"A fork of trial {number} at epoch {from} would end at epoch {made.Epochs}: give it more epochs, or an earlier checkpoint.");
        return [.. Woken(now), new TrialForked(now, fork, number, from, parameters, made.Seed, Initiator.Person)];
    }

    /// <summary>What a trial is trained with: its point, with the end that it was extended to.</summary>
    public static ParameterSet EffectiveParameters(Trial trial)
    {
        var isExtended = trial.Epochs is { } epochs && !(trial.Parameters.TryGet(Trial.EpochsParameter, out var own) && own is ParameterValue.Integer { Value: var given } && given == epochs);
        return isExtended ? new ParameterSet([.. trial.Parameters, new(Trial.EpochsParameter, ParameterValue.Of((long)trial.Epochs!.Value))]) : trial.Parameters;
    }

    private Trial Get(int number)
    {
        if (Status == ExperimentStatus.Deleting) throw TrialCommandException.Impossible($"{Id} is being deleted.");
        return Find(number) ?? throw TrialCommandException.Unknown(number, _trials.Count);
    }

    /// <summary>An experiment that has ended runs again, if it may still spend something.</summary>
    private ExperimentEvent[] Woken(DateTimeOffset now)
    {
        if (!IsTerminal) return [];
        if (SpentBudget(now) is { } spent) throw TrialCommandException.Impossible($"{Id} has ended: {spent}");
        return [new ExperimentResumed(now)];
    }

    private static void CheckChange(Trial parent, string name, ParameterValue value)
    {
        if (!parent.Parameters.TryGet(name, out var own))
        {
            if (name == Trial.EpochsParameter && value is ParameterValue.Integer) return; // every task has it
            throw TrialCommandException.Impossible($"Trial {parent.Id.Number} has no parameter '{name}'; it has: {string.Join(", ", parent.Parameters.Select(p => p.Key))}.");
        }
        var fits = own is ParameterValue.Real ? value.Number is not null : value.GetType() == own.GetType();
        if (!fits) throw TrialCommandException.Impossible($"Parameter '{name}' takes values like {own}, not '{value}'.");
    }

    private static string Name(Trial trial) => trial.Status.ToString().ToLowerInvariant();
}
