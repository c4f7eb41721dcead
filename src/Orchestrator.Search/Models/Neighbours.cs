using Orchestrator.Domain.Randomness;

namespace Orchestrator.Search.Models;

/// <summary>Points that differ from another in one axis or a few. Axes that a change makes active are drawn.</summary>
internal static class Neighbours
{
    // More values than this are treated as if they were continuous.
    private const int ManyValues = 20;

    /// <summary>The points that differ in one axis: every other choice, the steps up and down, and a normal step on a continuous axis.</summary>
    public static List<double[]> Of(ModelSpace space, double[] point, double width, ref SplitMix64 random)
    {
        var neighbours = new List<double[]>();
        for (var axis = 0; axis < point.Length; axis++)
        {
            if (double.IsNaN(point[axis])) continue;
            var (isOrdered, count) = space.Axes[axis];
            if (!isOrdered)
            {
                for (var choice = 0; choice < count; choice++) Add(space, neighbours, point, axis, choice, ref random);
            }
            else
            {
                var step = count is { } values and <= ManyValues ? 1.0 / values : width * Math.Abs(random.NextNormal());
                Add(space, neighbours, point, axis, space.FromUnit(axis, Math.Min(1, point[axis] + step)), ref random);
                Add(space, neighbours, point, axis, space.FromUnit(axis, Math.Max(0, point[axis] - step)), ref random);
            }
        }
        return neighbours;
    }

    /// <summary>A point that differs in one axis or more, by a step or another choice.</summary>
    public static double[] Random(ModelSpace space, double[] point, ref SplitMix64 random)
    {
        var neighbour = (double[])point.Clone();
        var changed = (int)random.NextBelow((ulong)Math.Max(1, point.Length));
        for (var axis = 0; axis < point.Length; axis++)
        {
            if (double.IsNaN(point[axis]) || axis != changed && random.NextDouble() >= 1.0 / point.Length) continue;
            var (isOrdered, count) = space.Axes[axis];
            neighbour[axis] = isOrdered
                ? space.FromUnit(axis, Math.Clamp(point[axis] + random.NextNormal() * (count is { } values and <= ManyValues ? 1.5 / values : 0.1), 0, 1))
                : random.NextBelow((ulong)count!.Value);
        }
        space.Complete(neighbour, ref random);
        return neighbour;
    }

    private static void Add(ModelSpace space, List<double[]> neighbours, double[] point, int axis, double value, ref SplitMix64 random)
    {
        if (value == point[axis]) return;
        var neighbour = (double[])point.Clone();
        neighbour[axis] = value;
        space.Complete(neighbour, ref random);
        neighbours.Add(neighbour);
    }
}
