namespace Orchestrator.Grains.Contracts;

/// <summary>One worker, by its id: what it runs, what it is to run, and the way to it.</summary>
[Alias("orchestrator.IWorkerGrain")]
public interface IWorkerGrain : IGrainWithStringKey
{
    /// <summary>The worker dialled in; messages to it go to <paramref name="observer"/> from now on.</summary>
    [Alias("Register")]
    Task Register(WorkerRegistration registration, IWorkerObserver observer);

    /// <summary>The worker is alive and runs this (null: nothing); where it is leaving, it takes nothing more.</summary>
    [Alias("Heartbeat")]
    Task Heartbeat(AttemptKey? running, bool leaving);

    /// <summary>The worker has ended its part of an attempt and is idle.</summary>
    [Alias("Ended")]
    Task Ended(AttemptKey attempt);

    /// <summary>The worker said good-bye.</summary>
    [Alias("Leave")]
    Task Leave();

    /// <summary>Runs an attempt as soon as the worker is idle.</summary>
    [Alias("Assign"), OneWay]
    Task Assign(Assignment assignment);

    /// <summary>
    /// Ends an attempt, if it is this worker's; with <paramref name="save"/>, after a checkpoint. Where the trial <paramref name="isOver"/>, it needs no workers any more.
    /// </summary>
    [Alias("StopAttempt"), OneWay]
    Task StopAttempt(AttemptKey attempt, string reason, bool save, bool isOver);
}
