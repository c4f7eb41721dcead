namespace Orchestrator.Search.Models;

/// <summary>
/// A point as numbers that a linear model can weigh: an ordered coordinate as it is, an unordered one as a number for each choice, 1 for the one that was made.
/// What a point does not have counts as the middle of an ordered axis, and as no choice.
/// </summary>
/// <param name="axes">The coordinates.</param>
internal sealed class ConfigurationFeatures(Axis[] axes)
{
    // Further axes, and lists of so many choices, are left out: a plane over them would cost more than it could learn.
    private const int MostFeatures = 32;
    private const int MostChoices = 8;

    private readonly int[] _axes = Chosen(axes);

    /// <summary>The features of a point.</summary>
    public double[] Of(double[] point)
    {
        var features = new List<double>(MostFeatures);
        foreach (var axis in _axes)
        {
            var coordinate = point[axis];
            if (axes[axis].IsOrdered) features.Add(double.IsNaN(coordinate) ? 0.5 : coordinate);
            else for (var choice = 0; choice < axes[axis].Count; choice++) features.Add(coordinate == choice ? 1 : 0);
        }
        return [.. features];
    }

    private static int[] Chosen(Axis[] axes)
    {
        var (chosen, features) = (new List<int>(), 0);
        for (var axis = 0; axis < axes.Length; axis++)
        {
            var width = axes[axis].IsOrdered ? 1 : axes[axis].Count!.Value;
            if (width > MostChoices || features + width > MostFeatures) continue;
            chosen.Add(axis);
            features += width;
        }
        return [.. chosen];
    }
}
