namespace Orchestrator.Coordinator.Rest;

/// <summary>What an experiment optimises, in the REST API.</summary>
internal sealed record MetricResource(string Name, string Goal);
