using Orchestrator.Checkpoints;
using Orchestrator.Collectives;

namespace Orchestrator.Training.Trials;

/// <summary>Trains trials, one rank of them.</summary>
public interface ITrialRunner
{
    /// <summary>Trains one rank of a trial to its end, on the calling thread (give it a thread of its own).</summary>
    /// <param name="assignment">What to train.</param>
    /// <param name="group">The ranks of the attempt; its rank and world size are this run's. The caller disposes it.</param>
    /// <param name="observer">Watches, and may ask for a stop.</param>
    /// <param name="registrar">Registers checkpoints. Rank 0 only uses it.</param>
    /// <param name="abort">Ends the run at once, without a checkpoint, for instance when the attempt is fenced.</param>
    /// <param name="regrouping">Where the ranks that are left go on in a new process group when others are lost, gives this rank its place there; null: the run ends.</param>
    /// <exception cref="TrainingException">The trial cannot be trained; trying again would not help unless its code says so.</exception>
    /// <exception cref="CheckpointException">No checkpoint could be written at the end of the trial.</exception>
    /// <exception cref="CollectiveException">A rank was lost.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="abort"/> was cancelled.</exception>
    TrialResult Run(TrialAssignment assignment, IProcessGroup group, ITrialObserver observer, ICheckpointRegistrar registrar, CancellationToken abort, IRegrouping? regrouping = null);
}
