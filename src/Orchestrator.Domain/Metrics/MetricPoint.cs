namespace Orchestrator.Domain.Metrics;

/// <summary>One measurement.</summary>
/// <param name="Metric">What was measured, for instance <c>loss</c>.</param>
/// <param name="Step">Optimizer steps taken, at least 0.</param>
/// <param name="Value">The value; it may be not-a-number or infinite.</param>
public readonly record struct MetricPoint(string Metric, long Step, double Value);
