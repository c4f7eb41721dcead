using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Metrics;

namespace Orchestrator.Coordinator.Curves;

/// <summary>Points of one attempt that wait to be kept.</summary>
/// <param name="Attempt">Who measured them.</param>
/// <param name="Points">The points.</param>
/// <param name="Done">Called once, when they are kept or can't be. It returns at once and does not throw.</param>
internal sealed record CurveBatch(AttemptId Attempt, IReadOnlyList<MetricPoint> Points, Action Done);
