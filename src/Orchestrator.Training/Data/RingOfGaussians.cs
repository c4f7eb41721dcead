using Orchestrator.Training.Randomness;

namespace Orchestrator.Training.Data;

/// <summary>A mixture of equal normal distributions of the plane, their centres evenly on the unit circle.</summary>
/// <param name="Modes">How many.</param>
/// <param name="Deviation">Standard deviation of each.</param>
public sealed record RingOfGaussians(int Modes, double Deviation)
{
    /// <summary>The centres.</summary>
    public IReadOnlyList<(double X, double Y)> Centres { get; } =
        [.. Enumerable.Range(0, Modes).Select(mode => (Math.Cos(2 * Math.PI * mode / Modes), Math.Sin(2 * Math.PI * mode / Modes)))];

    /// <summary>Draws points, as many of each mode, up to one.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Equal seeds give equal points.</param>
    public PointDataset Draw(int count, long seed)
    {
        var points = new float[2 * count];
        var groups = new long[count];
        NormalNoise.Fill(points, 2, RandomSeeds.Of(seed, RandomPurpose.Data), 0);
        for (var i = 0; i < count; i++)
        {
            groups[i] = i % Modes;
            var (x, y) = Centres[i % Modes];
            points[2 * i] = (float)(x + (points[2 * i] * Deviation));
            points[(2 * i) + 1] = (float)(y + (points[(2 * i) + 1] * Deviation));
        }

        return new PointDataset(points, groups);
    }
}
