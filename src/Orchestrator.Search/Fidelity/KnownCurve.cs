namespace Orchestrator.Search.Fidelity;

/// <summary>What is known of a trial's training.</summary>
/// <param name="Curve">What it has shown so far.</param>
/// <param name="Configuration">Its configuration (<see cref="Models.ConfigurationFeatures"/>); as long as that of every other trial.</param>
/// <param name="End">What it measured at its end; null: it has not got there.</param>
internal readonly record struct KnownCurve(PartialCurve Curve, double[] Configuration, double? End);
