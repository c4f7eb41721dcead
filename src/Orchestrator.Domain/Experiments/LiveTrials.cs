namespace Orchestrator.Domain.Experiments;

/// <summary>How many trials are not over, by state.</summary>
/// <param name="Waiting">They wait for workers.</param>
/// <param name="Running">They train.</param>
/// <param name="Paused">A trial scheduler or a person holds them.</param>
public readonly record struct LiveTrials(int Waiting, int Running, int Paused);
