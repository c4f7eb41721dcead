using Orchestrator.Domain.Randomness;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms.Tpe;

/// <summary>What a point's kernel is along one axis.</summary>
internal abstract class AxisKernel
{
    // A table of logarithms has the square of this many entries.
    private const int MostListed = 64;

    /// <summary>The kernel of an axis: a table where its values are few, a Gaussian cut off at the ends of [0, 1] where they are many.</summary>
    public static AxisKernel Of(ModelSpace space, int axis, double width, double change)
    {
        var (isOrdered, count) = space.Axes[axis];
        if (!isOrdered) return new ListKernel(space, axis, new ChoiceShape(change));
        return count is <= MostListed ? new ListKernel(space, axis, new StepShape(width)) : new GaussianKernel(space, axis, width);
    }

    /// <summary>The coordinate as this kernel wants it; not a number stays so.</summary>
    public abstract double Place(double coordinate);

    /// <summary>Makes ready for these centres.</summary>
    public abstract void Prepare(ReadOnlySpan<double> centres);

    /// <summary>A coordinate near a centre.</summary>
    public abstract double Sample(double centre, ref SplitMix64 random);

    /// <summary>Adds, for each centre, the logarithm of its density at a place relative to the prior's; nothing for a centre that is not a number.</summary>
    public abstract void AddLogDensities(double place, ReadOnlySpan<double> centres, Span<double> logs);
}
