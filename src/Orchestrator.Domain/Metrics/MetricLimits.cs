namespace Orchestrator.Domain.Metrics;

/// <summary>What bounds a metric store.</summary>
public static class MetricLimits
{
    /// <summary>The most points of one curve; a power of two.</summary>
    public const int PointsPerCurve = 2048;

    /// <summary>The most metrics of one trial.</summary>
    public const int CurvesPerTrial = 256;

    /// <summary>The most characters of a metric's name.</summary>
    public const int NameLength = 128;

    /// <summary>How many steps share a point in a curve that reaches to <paramref name="step"/> and had <paramref name="stride"/> so far: 1, 2, 4, ...</summary>
    public static long StrideFor(long step, long stride)
    {
        while (step / stride >= PointsPerCurve) stride *= 2;
        return stride;
    }

    /// <summary>Refuses points that no store keeps.</summary>
    /// <exception cref="ArgumentException">A step is negative, or a name empty or too long.</exception>
    public static void ThrowIfInvalid(IReadOnlyList<MetricPoint> points)
    {
        for (var i = 0; i < points.Count; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(points[i].Step, nameof(points));
            if (points[i].Metric.Length is 0 or > NameLength) throw new ArgumentException($"The name of a metric has 1 to {NameLength} characters, not {points[i].Metric.Length}.", nameof(points));
        }
    }
}
