namespace Orchestrator.Collectives.Calls;

/// <summary>Carries the calls of one group. Every started call is reported to <see cref="ICallObserver.Ended"/> exactly once.</summary>
internal interface ITransport : IAsyncDisposable
{
    /// <summary>Queues a call behind those before it. After <see cref="Abort"/> the call ends with a failure.</summary>
    void Start(CollectiveCall call);

    /// <summary>Makes every started call end soon. May be called at any time, more than once, from any thread.</summary>
    void Abort();
}
