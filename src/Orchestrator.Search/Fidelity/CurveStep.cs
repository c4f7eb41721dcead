namespace Orchestrator.Search.Fidelity;

/// <summary>A trial's step from one milestone to the next.</summary>
/// <param name="Fall">By how much its value fell from the milestone before to the first.</param>
/// <param name="Here">Its value at the first.</param>
/// <param name="Next">Its value at the second.</param>
/// <param name="Configuration">Its configuration (<see cref="Models.ConfigurationFeatures"/>).</param>
internal readonly record struct CurveStep(double Fall, double Here, double Next, double[] Configuration);
