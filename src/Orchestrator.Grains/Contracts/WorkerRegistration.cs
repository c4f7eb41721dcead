namespace Orchestrator.Grains.Contracts;

/// <summary>What a worker says of itself when it dials in.</summary>
/// <param name="Worker">Its id.</param>
/// <param name="Host">The machine it runs on.</param>
/// <param name="Device"><c>cpu</c> or <c>cuda</c>.</param>
/// <param name="ProcessId">Its process on that machine.</param>
/// <param name="Endpoint">Where other ranks reach it: <c>http://host:port</c>.</param>
/// <param name="Version">Its build.</param>
/// <param name="Running">What it runs; null when idle.</param>
/// <param name="Rack">The rack of its machine; empty: none.</param>
/// <param name="Zone">The zone of its machine; empty: none.</param>
/// <param name="DeviceId">Which device of the machine it uses; workers that name the same one share it. Empty: one of its own.</param>
/// <param name="Experiment">The experiment whose trials alone it runs; empty: those of any.</param>
/// <param name="Gang">The gang that it is of, where it has an experiment: its trials run on all of it or not at all.</param>
/// <param name="Memory">How much memory there is for trials, in megabytes; 0: unknown.</param>
/// <param name="MemoryOf">Whose that is; workers of one host that name the same share it. Empty: the host's.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.WorkerRegistration")]
public sealed record WorkerRegistration(
    [property: Id(0)] string Worker,
    [property: Id(1)] string Host,
    [property: Id(2)] string Device,
    [property: Id(3)] int ProcessId,
    [property: Id(4)] string Endpoint,
    [property: Id(5)] string Version,
    [property: Id(6)] AttemptKey? Running,
    [property: Id(7)] string Rack = "",
    [property: Id(8)] string Zone = "",
    [property: Id(9)] string DeviceId = "",
    [property: Id(10)] string Experiment = "",
    [property: Id(11)] string Gang = "",
    [property: Id(12)] long Memory = 0,
    [property: Id(13)] string MemoryOf = "");
