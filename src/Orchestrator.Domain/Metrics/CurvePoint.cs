namespace Orchestrator.Domain.Metrics;

/// <summary>One point of a curve.</summary>
/// <param name="Step">Optimizer steps taken.</param>
/// <param name="Value">The value there.</param>
/// <param name="Attempt">The attempt that measured it.</param>
public readonly record struct CurvePoint(long Step, double Value, int Attempt)
{
    /// <summary>Whether this point stands where both fall into one stretch of a curve: it is of a later attempt, or further on in the same.</summary>
    public bool Replaces(CurvePoint other) => Attempt != other.Attempt ? Attempt > other.Attempt : Step >= other.Step;

    /// <summary>A curve without what was trained again: from where a later attempt begins, points of earlier ones are of a past that did not happen.</summary>
    /// <param name="points">The points, by step; those trained again are taken out of it.</param>
    public static void RemoveRetrained(List<CurvePoint> points)
    {
        var newest = 0;
        points.RemoveAll(point =>
        {
            newest = Math.Max(newest, point.Attempt);
            return point.Attempt < newest;
        });
    }
}
