namespace Orchestrator.Coordinator.Rest;

/// <summary>A point of a curve in the REST API.</summary>
internal sealed record CurvePointResource(long Step, double Value, int Attempt);
