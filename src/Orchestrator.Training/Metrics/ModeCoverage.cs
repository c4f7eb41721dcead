namespace Orchestrator.Training.Metrics;

/// <summary>
/// How many modes of a mixture a generator has found. A sample is good when it lies within three standard deviations of a mode; a mode is
/// found when it has at least a fifth of its fair share of the samples. Srivastava et al.: VEEGAN, NIPS 2017, with a threshold on the share.
/// </summary>
/// <param name="Modes">Modes found.</param>
/// <param name="Quality">Share of samples that are good.</param>
public sealed record ModeCoverage(int Modes, double Quality)
{
    private const double Reach = 3;
    private const double LeastShare = 0.2;

    /// <summary>Measures points of the plane.</summary>
    /// <param name="points">Coordinates, x and y in turn.</param>
    /// <param name="centres">The modes.</param>
    /// <param name="deviation">Standard deviation of a mode.</param>
    public static ModeCoverage Of(ReadOnlySpan<float> points, IReadOnlyList<(double X, double Y)> centres, double deviation)
    {
        var counts = new int[centres.Count];
        for (var i = 0; i + 1 < points.Length; i += 2)
        {
            for (var mode = 0; mode < counts.Length; mode++)
            {
                if (Math.Pow(points[i] - centres[mode].X, 2) + Math.Pow(points[i + 1] - centres[mode].Y, 2) <= Math.Pow(Reach * deviation, 2))
                    counts[mode]++;
            }
        }

        return Of(counts, points.Length / 2);
    }

    /// <summary>Measures by the samples of each mode, or of each class that a classifier sees in them.</summary>
    /// <param name="counts">Good samples of each mode.</param>
    /// <param name="samples">All samples.</param>
    public static ModeCoverage Of(IReadOnlyList<int> counts, int samples) => new(
        counts.Count(count => count >= LeastShare * samples / counts.Count),
        (double)counts.Sum() / samples);
}
