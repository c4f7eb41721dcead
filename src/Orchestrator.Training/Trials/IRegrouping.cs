using Orchestrator.Collectives;

namespace Orchestrator.Training.Trials;

/// <summary>Gives a rank whose process group is broken the next generation of it.</summary>
public interface IRegrouping
{
    /// <summary>Waits until the ranks that are left have formed the next generation. The group before it is disposed.</summary>
    /// <param name="lost">How the group broke.</param>
    /// <param name="abort">Ends the wait.</param>
    /// <exception cref="CollectiveException">There is no next generation, or not in time.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="abort"/> was cancelled.</exception>
    RegroupedRank Next(CollectiveException lost, CancellationToken abort);
}
