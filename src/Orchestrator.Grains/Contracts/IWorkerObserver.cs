namespace Orchestrator.Grains.Contracts;

/// <summary>The way to a worker: the gateway that holds its stream. A message that can't be delivered is lost; the grain sends it again when it matters.</summary>
[Alias("orchestrator.IWorkerObserver")]
public interface IWorkerObserver : IGrainObserver
{
    /// <summary>Run this.</summary>
    [Alias("Assign")]
    Task Assign(Assignment assignment);

    /// <summary>End this; with <paramref name="save"/>, after a checkpoint. Where the trial <paramref name="isOver"/>, a worker of its gang alone leaves.</summary>
    [Alias("StopAttempt")]
    Task StopAttempt(AttemptKey attempt, string reason, bool save, bool isOver);
}
