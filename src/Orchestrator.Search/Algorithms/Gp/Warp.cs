using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>
/// Bends each ordered axis by the distribution function of Kumaraswamy, 1 - (1 - x^a)^b, so that a function that changes faster at one end looks alike
/// everywhere. Snoek et al., Input Warping for Bayesian Optimization of Non-Stationary Functions, ICML 2014.
/// </summary>
internal static class Warp
{
    // The ends themselves have no finite derivatives.
    private const double End = 1e-6;

    /// <summary>Whether an axis can be bent: with two values there is nothing between them.</summary>
    public static bool Bends(Axis axis) => axis is { IsOrdered: true, Count: null or > 2 };

    /// <summary>The points, bent.</summary>
    public static double[] Of(Axis[] axes, ReadOnlySpan<double> point, GpParameters parameters)
    {
        var bent = point.ToArray();
        for (var axis = 0; axis < bent.Length; axis++)
            if (Bends(axes[axis]) && (parameters.Rise[axis] != 1 || parameters.Fall[axis] != 1)) bent[axis] = 1 - Math.Pow(1 - Math.Pow(Inside(bent[axis]), parameters.Rise[axis]), parameters.Fall[axis]);
        return bent;
    }

    /// <summary>The derivative of a bent coordinate by the logarithm of a, the rise.</summary>
    public static double ByRise(double x, double a, double b)
    {
        x = Inside(x);
        var power = Math.Pow(x, a);
        return a * b * Math.Pow(1 - power, b - 1) * power * Math.Log(x);
    }

    /// <summary>The derivative of a bent coordinate by the logarithm of b, the fall.</summary>
    public static double ByFall(double x, double a, double b)
    {
        var rest = 1 - Math.Pow(Inside(x), a);
        return -b * Math.Pow(rest, b) * Math.Log(rest);
    }

    private static double Inside(double x) => double.IsNaN(x) ? x : Math.Clamp(x, End, 1 - End);
}
