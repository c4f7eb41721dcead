using Orchestrator.Domain.Identity;

namespace Orchestrator.Domain.Metrics;

/// <summary>
/// The curves of every trial: what it measured, step by step. High in volume and decided on by nobody, so it is not in the journal.
/// A curve never has more than <see cref="MetricLimits.PointsPerCurve"/> points: the steps are cut into that many stretches of one length,
/// each keeps its newest point, and the length doubles as the trial gets further. So a curve stays whole, and its size bounded.
/// </summary>
public interface IMetricStore
{
    /// <summary>
    /// Adds points of one attempt; durable when it returns. Doing it twice is doing it once. Where a later attempt has trained a stretch again,
    /// its points stand and those of earlier attempts are dropped.
    /// </summary>
    /// <exception cref="ArgumentException">A step is negative, or a name empty or longer than <see cref="MetricLimits.NameLength"/>; nothing was written.</exception>
    /// <exception cref="TooManyMetricsException">The trial would have too many metrics; nothing was written.</exception>
    Task AppendAsync(AttemptId attempt, IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken);

    /// <summary>The curve of one metric, by step, without what a later attempt trained again (<see cref="CurvePoint.RemoveRetrained"/>). Nothing for an unknown one.</summary>
    Task<IReadOnlyList<CurvePoint>> ReadAsync(TrialId trial, string metric, CancellationToken cancellationToken);

    /// <summary>The names of a trial's metrics, in ordinal order.</summary>
    Task<IReadOnlyList<string>> ListAsync(TrialId trial, CancellationToken cancellationToken);

    /// <summary>Drops all curves of an experiment. No error where it has none.</summary>
    Task RemoveAsync(ExperimentId experiment, CancellationToken cancellationToken);
}
