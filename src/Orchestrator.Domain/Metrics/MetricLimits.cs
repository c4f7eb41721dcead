namespace Orchestrator.Domain.Metrics;

/// <summary>What bounds a metric store.</summary>
public static class MetricLimits
{
    /// <summary>The most points of one curve; a power of two.</summary>
    public const int PointsPerCurve = 2048;

    /// <summary>The most metrics of one trial.</summary>
    public const int CurvesPerTrial = 256;

    /// <summary>How many steps share a point in a curve that reaches to <paramref name="step"/> and had <paramref name="stride"/> so far: 1, 2, 4, ...</summary>
    public static long StrideFor(long step, long stride)
    {
        while (step / stride >= PointsPerCurve) stride *= 2;
        return stride;
    }
}
