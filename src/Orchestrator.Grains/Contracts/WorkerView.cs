namespace Orchestrator.Grains.Contracts;

/// <summary>A worker as clients see it.</summary>
/// <param name="Worker">Its id.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Device">Its kind of slot.</param>
/// <param name="Endpoint">Where other ranks reach it.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="Running">What it runs; null when idle.</param>
/// <param name="SecondsSinceHeard">How long ago it was heard.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.WorkerView")]
public sealed record WorkerView(
    [property: Id(0)] string Worker,
    [property: Id(1)] string Host,
    [property: Id(2)] string Device,
    [property: Id(3)] string Endpoint,
    [property: Id(4)] int ProcessId,
    [property: Id(5)] AttemptKey? Running,
    [property: Id(6)] double SecondsSinceHeard);
