using Orchestrator.Coordinator.Curves;

namespace Orchestrator.Coordinator.Rest;

/// <summary>A trial's curve in the REST API.</summary>
internal sealed record CurveResource(string Metric, IReadOnlyList<CurvePointResource> Points)
{
    public static CurveResource Of(TrialCurve curve) => new(curve.Metric, [.. curve.Points.Select(p => new CurvePointResource(p.Step, p.Value, p.Attempt))]);
}
