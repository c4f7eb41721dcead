namespace Orchestrator.Grains.Contracts;

/// <summary>Names one run of a trial across a grain call.</summary>
/// <param name="Experiment">The experiment's id.</param>
/// <param name="Trial">The trial, from 1.</param>
/// <param name="Attempt">The attempt, from 1: the fencing token.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.AttemptKey")]
public sealed record AttemptKey(
    [property: Id(0)] string Experiment,
    [property: Id(1)] int Trial,
    [property: Id(2)] int Attempt);
