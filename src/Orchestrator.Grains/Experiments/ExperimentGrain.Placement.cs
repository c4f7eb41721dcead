using System.Collections.Immutable;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Pools;
using Orchestrator.Placement;

namespace Orchestrator.Grains.Experiments;

public sealed partial class ExperimentGrain
{
    /// <summary>Tells the pool what the experiment wants and believes, and takes note of what it waits for.</summary>
    private async Task<PoolAnswer> SyncPool()
    {
        var spec = _experiment!.Spec;
        var running = _attempts.Values.Select(a => new RunningAttempt(a.Attempt, a.Alive));
        var share = (int)Math.Round((spec.Resources.DeviceFraction ?? 1) * Device.Whole);
        // A gang with machines of its own has those that were made for it.
        var (require, excluded, memory) = spec.Dedicated is null
            ? (spec.Resources.Require, (IReadOnlyCollection<string>)_experiment.ExcludedHosts, spec.Resources.MemoryMegabytes)
            : (TopologyLevel.Zone, [], 0);
        var answer = await Pool.Reconcile(new PoolRequest(
            Id.Value, _experiment.Demand, spec.Resources.WorldSize, DeviceNames.Of(spec.Resources.Device), [.. running], spec.Queue ?? QueueSpec.Default, spec.Priority, share,
            spec.Resources.Prefer, require, [.. excluded], memory, UsedSince(_saidOfDay)));
        _saidOfDay = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-1);
        _waiting = answer.Waiting;
        if (spec.Dedicated is not null) await GrainFactory.GetGrain<IGangsGrain>(IGangsGrain.Default).Want(GangRequests.Of(_experiment, _attempts.Count));
        return answer;
    }

    /// <summary>One that does not run says what it used: nobody asks it again.</summary>
    private Task SayUsed() => Pool.Used(Id.Value, _experiment!.Spec.Queue ?? QueueSpec.Default, UsedSince(DateOnly.MinValue));

    private ImmutableArray<DayUse> UsedSince(DateOnly day) =>
        [.. _experiment!.DeviceTimesByDay(time.GetUtcNow()).Days.Where(d => d.Day >= day).Select(d => new DayUse(d.Day, d.Time))];

    /// <summary>Ends what the pool needs the slots of, and itself where it can never get any.</summary>
    private async Task Obey(PoolAnswer answer)
    {
        foreach (var preempted in answer.Preempted)
        {
            LogPreempted(Id, preempted.Attempt.Trial, preempted.Attempt.Attempt, preempted.Reason);
            await CommitAndAct(e => e.Preempt(preempted.Attempt.Trial, preempted.Attempt.Attempt, preempted.Reason, time.GetUtcNow()));
        }
        if (answer.Waiting is { Cause: "never" } never) await CommitAndAct(e => e.Refuse(never.Text, time.GetUtcNow()));
    }

    /// <summary>Tells ranks what to run.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="workers">The workers of its process group, in the order of rank.</param>
    /// <param name="to">Those of them that are told.</param>
    private async Task Assign(Trial trial, IReadOnlyList<WorkerRegistration> workers, IReadOnlyCollection<string> to)
    {
        var resumeFrom = await ResumePoints.For(_experiment!, trial, catalogue);
        var folder = ExperimentFolders.OfTrial(ExperimentFolders.Of(options.Value.Folder, trial.Id.Experiment), trial.Id.Number);
        foreach (var (worker, assignment) in workers.Zip(Assignments.For(_experiment!.Spec, trial, workers, folder, resumeFrom, _trace)))
        {
            if (to.Contains(worker.Worker, StringComparer.Ordinal)) await GrainFactory.GetGrain<IWorkerGrain>(worker.Worker).Assign(assignment);
        }
    }

    /// <summary>An attempt failed: asks where, if a rule of the sweep may want to know.</summary>
    private async Task FailAttempt(AttemptEnded ended, string worker)
    {
        var host = _experiment!.Spec.OnFailure is not null ? await Pool.HostOf(worker) : null;
        await CommitAndAct(e => e.FailAttempt(ended, host, time.GetUtcNow()));
    }
}
