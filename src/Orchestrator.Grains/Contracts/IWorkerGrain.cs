namespace Orchestrator.Grains.Contracts;

/// <summary>One worker, by its id: what it runs, what it is to run, and the way to it.</summary>
[Alias("orchestrator.IWorkerGrain")]
public interface IWorkerGrain : IGrainWithStringKey
{
    /// <summary>The worker dialled in; messages to it go to <paramref name="observer"/> from now on.</summary>
    [Alias("Register")]
    Task Register(WorkerRegistration registration, IWorkerObserver observer);

    /// <summary>The worker is alive and runs this (null: nothing); where it is leaving, it takes nothing more.</summary>
    /// <param name="running">What it runs.</param>
    /// <param name="leaving">Whether it is leaving.</param>
    /// <param name="lostGeneration">The process group of the attempt that is broken, while the worker waits for the next generation; 0: none.</param>
    [Alias("Heartbeat")]
    Task Heartbeat(AttemptKey? running, bool leaving, int lostGeneration);

    /// <summary>The stream that it registered on has broken; it may dial again.</summary>
    /// <param name="observer">Where messages to it went.</param>
    [Alias("Disconnected")]
    Task Disconnected(IWorkerObserver observer);

    /// <summary>How long the worker has been without a stream; null while it has one, or since nobody knows when.</summary>
    [Alias("AwayFor")]
    Task<TimeSpan?> AwayFor();

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
