using Google.Protobuf.Collections;
using Orchestrator.Domain.Metrics;
using Orchestrator.Protocol;

namespace Orchestrator.Worker.Attempts;

/// <summary>
/// Points of a trial's curves that have not been sent. Bounded: a curve that gets full keeps the newest of every two points, then of every four, and so on: it stays
/// whole and gets coarser. Metrics beyond <see cref="MetricLimits"/> are left out. Used by one thread; adding a point allocates nothing once the buffer has grown.
/// </summary>
/// <param name="limit">The most points of one curve; even.</param>
internal sealed class CurveBuffer(int limit = 1024)
{
    private readonly Dictionary<string, Curve> _curves = new(StringComparer.Ordinal);

    /// <summary>How many points wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a point.</summary>
    public void Add(MetricPoint point)
    {
        if (!_curves.TryGetValue(point.Metric, out var curve))
        {
            if (_curves.Count >= MetricLimits.CurvesPerTrial || point.Metric.Length is 0 or > MetricLimits.NameLength) return;
            _curves[point.Metric] = curve = new Curve();
        }
        Count += curve.Add(point, limit);
    }

    /// <summary>Moves all points into a message.</summary>
    public void MoveTo(RepeatedField<Series> message)
    {
        foreach (var (metric, curve) in _curves)
        {
            if (curve.Points.Count == 0) continue;
            var series = new Series { Metric = metric };
            series.Steps.Capacity = series.Values.Capacity = curve.Points.Count;
            foreach (var point in curve.Points)
            {
                series.Steps.Add(point.Step);
                series.Values.Add(point.Value);
            }
            message.Add(series);
            curve.Clear();
        }
        Count = 0;
    }

    private sealed class Curve
    {
        private int _stride = 1;
        private long _seen;

        public List<MetricPoint> Points { get; } = [];

        /// <summary>How many points there are more than before.</summary>
        public int Add(MetricPoint point, int limit)
        {
            var before = Points.Count;
            if (_seen / _stride == limit) Thin();
            var stretch = (int)(_seen++ / _stride);
            if (stretch < Points.Count) Points[stretch] = point;
            else Points.Add(point);
            return Points.Count - before;
        }

        public void Clear()
        {
            Points.Clear();
            (_stride, _seen) = (1, 0);
        }

        private void Thin()
        {
            var half = Points.Count / 2;
            for (var i = 0; i < half; i++) Points[i] = Points[2 * i + 1];
            Points.RemoveRange(half, Points.Count - half);
            _stride *= 2;
        }
    }
}
