using Orchestrator.Domain.Metrics;

namespace Orchestrator.Coordinator.Curves;

/// <summary>What a trial measured of one metric.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Points">Its points, by step.</param>
public sealed record TrialCurve(string Metric, IReadOnlyList<CurvePoint> Points);
