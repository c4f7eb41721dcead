namespace Orchestrator.Collectives.Membership;

/// <summary>Learns what becomes of the group as a whole.</summary>
internal interface IMembershipObserver
{
    /// <summary>The group is finished. Called at most once.</summary>
    void Failed(CollectiveException verdict);

    /// <summary>A rank has left and takes part in no call after its first <paramref name="calls"/>.</summary>
    void Left(int rank, long calls);
}
