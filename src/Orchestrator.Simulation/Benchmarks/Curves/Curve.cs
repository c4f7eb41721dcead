namespace Orchestrator.Simulation.Benchmarks.Curves;

/// <summary>One configuration's training.</summary>
/// <param name="Parameters">Its parameters, in the order of the space.</param>
/// <param name="Errors">The validation error after each epoch.</param>
/// <param name="Seconds">The time of the whole training.</param>
public sealed record Curve(IReadOnlyList<double> Parameters, IReadOnlyList<double> Errors, double Seconds);
