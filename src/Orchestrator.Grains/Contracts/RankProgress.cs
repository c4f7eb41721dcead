namespace Orchestrator.Grains.Contracts;

/// <summary>How far a running trial is.</summary>
/// <param name="Attempt">What runs.</param>
/// <param name="Epoch">Epochs ended.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Step">Optimizer steps taken.</param>
/// <param name="Steps">Optimizer steps in all.</param>
/// <param name="Loss">The newest training loss.</param>
/// <param name="SamplesPerSecond">The speed over all ranks.</param>
/// <param name="EtaSeconds">Seconds to the trial's own end at this speed; 0: unknown.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.RankProgress")]
public sealed record RankProgress(
    [property: Id(0)] AttemptKey Attempt,
    [property: Id(1)] int Epoch,
    [property: Id(2)] int Epochs,
    [property: Id(3)] long Step,
    [property: Id(4)] long Steps,
    [property: Id(5)] double Loss,
    [property: Id(6)] double SamplesPerSecond,
    [property: Id(7)] double EtaSeconds);
