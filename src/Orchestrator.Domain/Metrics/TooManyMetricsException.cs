using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Identity;

namespace Orchestrator.Domain.Metrics;

/// <summary>A trial reports more metrics than <see cref="MetricLimits.CurvesPerTrial"/>, most likely because a name holds a number that changes.</summary>
public sealed class TooManyMetricsException(TrialId trial)
    : OrchestratorException("metrics.too_many", $"{trial} reports more than {MetricLimits.CurvesPerTrial} metrics. Report fewer: a metric's name must not hold a number that changes.");
