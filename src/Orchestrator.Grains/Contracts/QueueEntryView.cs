namespace Orchestrator.Grains.Contracts;

/// <summary>An experiment that waits in a queue.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Gangs">How many more gangs it could use.</param>
/// <param name="WorldSize">Slots in each.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="Why">Where it stands and what it waits for.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.QueueEntryView")]
public sealed record QueueEntryView(
    [property: Id(0)] string Experiment,
    [property: Id(1)] int Gangs,
    [property: Id(2)] int WorldSize,
    [property: Id(3)] int Priority,
    [property: Id(4)] WaitingView Why);
