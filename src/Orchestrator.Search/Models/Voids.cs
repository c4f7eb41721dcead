namespace Orchestrator.Search.Models;

/// <summary>
/// Regions with no point that can be had. Where only some points of a space exist, a proposal becomes the nearest one that does: nothing that exists
/// and is not taken lies nearer to what was asked for. To ask again close by would bring something as far away.
/// </summary>
internal sealed class Voids(Axis[] axes)
{
    // Of the distance to what was given. Towards the edge the point given itself, or others beyond it, come near.
    private const double Share = 0.7;

    private readonly List<(double[] Centre, double Squared)> _voids = [];

    /// <summary>A point was asked for and another one given.</summary>
    public void Add(double[] asked, double[] given) => _voids.Add((asked, Share * Share * Squared(asked, given, double.PositiveInfinity)));

    /// <summary>Whether a point lies in one.</summary>
    public bool Contains(ReadOnlySpan<double> point)
    {
        foreach (var (centre, squared) in _voids)
            if (Squared(centre, point, squared) < squared) return true;
        return false;
    }

    private double Squared(double[] left, ReadOnlySpan<double> right, double most)
    {
        var sum = 0.0;
        for (var axis = 0; axis < left.Length && sum < most; axis++)
        {
            if (left[axis].Equals(right[axis])) continue;
            var difference = axes[axis].IsOrdered ? left[axis] - right[axis] : 1;
            sum += double.IsNaN(difference) ? 1 : difference * difference;
        }
        return sum;
    }
}
