namespace Orchestrator.Collectives.Calls;

/// <summary>Learns from a transport what became of the group's calls.</summary>
internal interface ICallObserver
{
    /// <summary>The transport no longer touches the call's buffer.</summary>
    /// <param name="call">The call.</param>
    /// <param name="failure">What the transport saw, or null on success.</param>
    void Ended(CollectiveCall call, CollectiveException? failure);

    /// <summary>The transport can carry no more calls.</summary>
    void Broken(CollectiveException failure);
}
