using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orchestrator.Coordinator.Access;
using Orchestrator.Coordinator.Curves;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Metrics;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Pools;

namespace Orchestrator.Coordinator.Submitting;

/// <summary>What gRPC and REST have in common: finding experiments and telling them things. Ids come from outside and are checked here.</summary>
public sealed class ExperimentClient(IGrainFactory grains, ICheckpointCatalogue catalogue, IMetricStore metrics, TimeProvider time)
{
    private static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(20); // workers save a last checkpoint
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>The experiment, with the trials that changed after a revision (0: all); null where there is none.</summary>
    public async Task<ExperimentView?> Find(string experiment, long revision = 0) => Grain(experiment) is { } grain ? await grain.View(revision) : null;

    /// <summary>A trial; null where there is none.</summary>
    public async Task<TrialView?> Trial(string experiment, int trial) => await Known(experiment, trial) is null ? null : await Grain(experiment)!.Trial(trial);

    /// <summary>All experiments, oldest first.</summary>
    public async Task<IReadOnlyList<ExperimentView>> List()
    {
        var ids = await grains.GetGrain<IExperimentDirectoryGrain>(IExperimentDirectoryGrain.Default).List();
        var views = await Task.WhenAll(ids.Select(id => grains.GetGrain<IExperimentGrain>(id).Header()));
        return [.. views.OfType<ExperimentView>()];
    }

    /// <summary>Stops an experiment; false where there is none.</summary>
    /// <exception cref="AccessDeniedException">It is another team's.</exception>
    public async Task<bool> Stop(Caller caller, string experiment, string reason) => await Own(caller, experiment) is { } grain && await grain.Stop(reason);

    /// <summary>Resumes an experiment; false where there is none.</summary>
    /// <exception cref="AccessDeniedException">It is another team's.</exception>
    public async Task<bool> Resume(Caller caller, string experiment) => await Own(caller, experiment) is { } grain && await grain.Resume();

    /// <summary>Deletes an experiment. Waits a while for workers that end their attempts of it.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="experiment">Which.</param>
    /// <param name="force">Whether one that runs is stopped first; else it is refused.</param>
    /// <param name="keepCheckpoints">Whether the files of its checkpoints stay.</param>
    /// <param name="cancellationToken">Gives up waiting; what was begun is finished.</param>
    /// <exception cref="AccessDeniedException">It is another team's.</exception>
    public async Task<DeletionReply> Delete(Caller caller, string experiment, bool force, bool keepCheckpoints, CancellationToken cancellationToken)
    {
        if (await Own(caller, experiment) is not { } grain) return new DeletionReply(DeletionOutcome.Unknown);
        if (force) await grain.Stop("It is to be deleted.");
        var started = time.GetTimestamp();
        using var ticks = new PeriodicTimer(AskEvery, time);
        while (true)
        {
            var reply = await grain.Delete(caller.Name, keepCheckpoints);
            if (reply.Outcome == DeletionOutcome.Deleted) await grains.GetGrain<IExperimentDirectoryGrain>(IExperimentDirectoryGrain.Default).Forget(experiment);
            if (reply.Outcome != DeletionOutcome.Held || time.GetElapsedTime(started) > HeldFor) return reply;
            await ticks.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Does what a person asks of a trial.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="experiment">Its experiment.</param>
    /// <param name="command">What is asked.</param>
    /// <returns>What became of it, and the trial as it is now: the new one where one was forked. Null where there is no such experiment.</returns>
    /// <exception cref="AccessDeniedException">It is another team's.</exception>
    public async Task<TrialCommandResult?> Command(Caller caller, string experiment, Func<IExperimentGrain, Task<TrialCommandReply?>> command)
    {
        if (await Own(caller, experiment) is not { } grain || await command(grain) is not { } reply) return null;
        return new TrialCommandResult(reply.Refusal is null ? await grain.Trial(reply.Trial) : null, reply.Refusal, reply.IsUnknown);
    }

    /// <summary>A trial's checkpoints, newest first; null where there is no such trial.</summary>
    public async Task<IReadOnlyList<CheckpointRecord>?> Checkpoints(string experiment, int trial) =>
        await Known(experiment, trial) is { } id ? await catalogue.ListAsync(id, CancellationToken.None) : null;

    /// <summary>A trial's curves in the order of their names; null where there is no such trial.</summary>
    /// <param name="experiment">The trial's experiment.</param>
    /// <param name="trial">Its number.</param>
    /// <param name="only">Which metrics; one that was not measured has no curve. Empty: all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IAsyncEnumerable<TrialCurve>?> Curves(string experiment, int trial, IReadOnlyCollection<string> only, CancellationToken cancellationToken)
    {
        if (await Known(experiment, trial) is not { } id) return null;
        var names = await metrics.ListAsync(id, cancellationToken);
        return Read(id, only.Count == 0 ? names : [.. names.Where(only.Contains)], cancellationToken);
    }

    /// <summary>The workers that are alive, those of experiments with machines of their own after the others.</summary>
    public async Task<ImmutableArray<WorkerView>> Workers()
    {
        var gangs = await grains.GetGrain<IGangsGrain>(IGangsGrain.Default).List();
        var pools = gangs.Select(g => PoolNames.Of(g.Experiment)).Prepend(IPoolGrain.Default);
        return [.. (await Task.WhenAll(pools.Select(pool => grains.GetGrain<IPoolGrain>(pool).Workers()))).SelectMany(w => w)];
    }

    /// <summary>The queues, with who waits in them.</summary>
    public Task<ImmutableArray<QueueView>> Queues() => grains.GetGrain<IPoolGrain>(IPoolGrain.Default).Queues();

    private async IAsyncEnumerable<TrialCurve> Read(TrialId trial, IEnumerable<string> names, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in names) yield return new TrialCurve(name, await metrics.ReadAsync(trial, name, cancellationToken));
    }

    private async Task<TrialId?> Known(string experiment, int trial) =>
        Grain(experiment) is { } grain && await grain.Header() is { } view && trial >= 1 && trial <= view.TrialCount ? new TrialId(new ExperimentId(experiment), trial) : null;

    private async Task<IExperimentGrain?> Own(Caller caller, string experiment)
    {
        if (Grain(experiment) is not { } grain || await grain.Header() is not { } view) return null;
        caller.ThrowUnlessOwn(view.Queue);
        return grain;
    }

    private IExperimentGrain? Grain(string experiment) => ExperimentId.TryParse(experiment, out var id) ? grains.GetGrain<IExperimentGrain>(id.Value) : null;
}
