namespace Orchestrator.Collectives.Calls;

/// <summary>What a call does.</summary>
internal enum CallKind
{
    AllReduce = 0,
    Broadcast = 1,
    Barrier = 2,
}
