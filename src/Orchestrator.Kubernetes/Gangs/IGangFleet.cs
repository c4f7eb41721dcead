namespace Orchestrator.Kubernetes.Gangs;

/// <summary>What gangs with machines of their own need of the coordinator: who wants some, and who works.</summary>
public interface IGangFleet
{
    /// <summary>What is wanted now. What is wanted and who works are not seen at one moment.</summary>
    Task<IReadOnlyList<GangDemand>> Demands(CancellationToken cancellationToken);

    /// <summary>What keeps gangs from starting, to be shown to those who wait. Said again and again; what is no longer said is over.</summary>
    Task Report(IReadOnlyList<GangTrouble> troubles, CancellationToken cancellationToken);
}
