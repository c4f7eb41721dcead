namespace Orchestrator.Search.Models.Pareto;

/// <summary>
/// How much of the space of metrics a set of points beats, below a reference point: the measure of a Pareto front. Exact, by inclusion of one
/// point after another. While et al., A Fast Way of Calculating Exact Hypervolumes, IEEE Trans. Evol. Comput. 2012.
/// </summary>
internal static class Hypervolume
{
    /// <summary>The volume.</summary>
    /// <param name="points">Values of which less is better; those that do not beat the reference count nothing.</param>
    /// <param name="reference">One value for each metric.</param>
    public static double Of(IEnumerable<double[]> points, double[] reference)
    {
        List<double[]> inside = [.. points.Where(p => p.Zip(reference).All(pair => pair.First < pair.Second))];
        return reference.Length == 2 ? OfTwo(inside, reference) : OfMany(NotBeaten(inside), reference);
    }

    private static double OfTwo(List<double[]> points, double[] reference)
    {
        var volume = 0.0;
        var ceiling = reference[1];
        foreach (var point in points.OrderBy(p => p[0]).ThenBy(p => p[1]))
        {
            if (point[1] >= ceiling) continue;
            volume += (reference[0] - point[0]) * (ceiling - point[1]);
            ceiling = point[1];
        }
        return volume;
    }

    /// <summary>Each point adds its own box less what the later ones beat of it.</summary>
    private static double OfMany(List<double[]> points, double[] reference)
    {
        var volume = 0.0;
        for (var i = 0; i < points.Count; i++)
        {
            var own = 1.0;
            for (var metric = 0; metric < reference.Length; metric++) own *= reference[metric] - points[i][metric];
            List<double[]> limited = [.. points.Skip(i + 1).Select(other => other.Zip(points[i], Math.Max).ToArray())];
            volume += own - (limited.Count == 0 ? 0 : OfMany(NotBeaten(limited), reference));
        }
        return volume;
    }

    private static List<double[]> NotBeaten(List<double[]> points)
    {
        var front = new List<double[]>();
        foreach (var point in points)
        {
            if (front.Exists(other => IsNoWorse(other, point))) continue;
            front.RemoveAll(other => IsNoWorse(point, other));
            front.Add(point);
        }
        return front;
    }

    private static bool IsNoWorse(double[] left, double[] right)
    {
        for (var i = 0; i < left.Length; i++)
            if (left[i] > right[i]) return false;
        return true;
    }
}
