using System.Collections.Immutable;

namespace Orchestrator.Grains.Contracts;

/// <summary>A pool of workers, by its name: leases, demand, and gangs.</summary>
[Alias("orchestrator.IPoolGrain")]
public interface IPoolGrain : IGrainWithStringKey
{
    /// <summary>The name of the only pool there is so far.</summary>
    const string Default = "default";

    /// <summary>A worker was heard.</summary>
    [Alias("Seen")]
    Task Seen(WorkerSighting sighting);

    /// <summary>A worker left in order.</summary>
    [Alias("Left")]
    Task Left(string worker);

    /// <summary>A worker has ended its part of an attempt, or never began it.</summary>
    [Alias("Released")]
    Task Released(string worker, AttemptKey attempt);

    /// <summary>An experiment says what it wants and believes.</summary>
    [Alias("Reconcile")]
    Task<PoolAnswer> Reconcile(PoolRequest request);

    /// <summary>What an experiment that does not run has used, of all days. It is durable when this returns.</summary>
    [Alias("Used")]
    Task Used(string experiment, string queue, ImmutableArray<DayUse> days);

    /// <summary>The workers that are alive, by id.</summary>
    [Alias("Workers"), ReadOnly]
    Task<ImmutableArray<WorkerView>> Workers();

    /// <summary>What workers said of themselves; those that are not alive are left out.</summary>
    [Alias("Registrations"), ReadOnly]
    Task<ImmutableArray<WorkerRegistration>> Registrations(ImmutableArray<string> workers);

    /// <summary>The machine of a worker that is alive; null where it is not.</summary>
    [Alias("HostOf"), ReadOnly]
    Task<string?> HostOf(string worker);

    /// <summary>Who works and who waits, for those that start and end workers.</summary>
    [Alias("Fleet"), ReadOnly]
    Task<FleetSnapshot> Fleet();

    /// <summary>Gives a worker nothing more to do, so that it can be ended. False where it has, or is about to have, something to do.</summary>
    [Alias("TryRetire")]
    Task<bool> TryRetire(string worker);

    /// <summary>Why there will be no more workers: shown to those who wait for them. Said again and again; what is no longer said is over.</summary>
    [Alias("SetShortages")]
    Task SetShortages(ImmutableArray<Shortage> shortages);

    /// <summary>The queues, by name, with who waits in them.</summary>
    [Alias("Queues"), ReadOnly]
    Task<ImmutableArray<QueueView>> Queues();
}
