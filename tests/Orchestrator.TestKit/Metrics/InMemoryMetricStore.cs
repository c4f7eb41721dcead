using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Metrics;

namespace Orchestrator.TestKit.Metrics;

/// <summary>A metric store that lasts as long as the object.</summary>
public sealed class InMemoryMetricStore : IMetricStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TrialId, SortedDictionary<string, Curve>> _trials = [];

    public Task AppendAsync(AttemptId attempt, IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken)
    {
        MetricLimits.ThrowIfInvalid(points);
        lock (_lock)
        {
            var curves = _trials.TryGetValue(attempt.Trial, out var known) ? known : new SortedDictionary<string, Curve>(StringComparer.Ordinal);
            if (curves.Keys.Union(points.Select(p => p.Metric)).Count() > MetricLimits.CurvesPerTrial)
                return Task.FromException(new TooManyMetricsException(attempt.Trial));
            _trials[attempt.Trial] = curves;
            foreach (var point in points)
            {
                if (!curves.TryGetValue(point.Metric, out var curve)) curves[point.Metric] = curve = new Curve();
                curve.Add(new CurvePoint(point.Step, point.Value, attempt.Number));
            }
        }
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<CurvePoint>> ReadAsync(TrialId trial, string metric, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<CurvePoint>>(_trials.TryGetValue(trial, out var curves) && curves.TryGetValue(metric, out var curve) ? curve.Points() : []);
    }

    public Task<IReadOnlyList<string>> ListAsync(TrialId trial, CancellationToken cancellationToken)
    {
        lock (_lock) return Task.FromResult<IReadOnlyList<string>>(_trials.TryGetValue(trial, out var curves) ? [.. curves.Keys] : []);
    }

    public Task RemoveAsync(ExperimentId experiment, CancellationToken cancellationToken)
    {
        lock (_lock)
            foreach (var trial in _trials.Keys.Where(t => t.Experiment == experiment).ToList()) _trials.Remove(trial);
        return Task.CompletedTask;
    }

    private sealed class Curve
    {
        private readonly SortedDictionary<long, CurvePoint> _points = [];
        private long _stride = 1;

        public List<CurvePoint> Points()
        {
            var points = _points.Values.OrderBy(p => p.Step).ToList();
            CurvePoint.RemoveRetrained(points);
            return points;
        }

        public void Add(CurvePoint point)
        {
            var stride = MetricLimits.StrideFor(point.Step, _stride);
            if (stride != _stride)
            {
                _stride = stride;
                var points = _points.Values.ToList();
                _points.Clear();
                foreach (var old in points) Keep(old);
            }
            Keep(point);
        }

        private void Keep(CurvePoint point)
        {
            if (!_points.TryGetValue(point.Step / _stride, out var other) || point.Replaces(other)) _points[point.Step / _stride] = point;
        }
    }
}
