using System.Numerics;
using System.Runtime.InteropServices;

namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>The Matern kernel of smoothness 5/2. Rasmussen, Williams: Gaussian Processes for Machine Learning, 2006, equation 4.17.</summary>
internal static class Matern
{
    private static readonly double Root5 = Math.Sqrt(5);

    /// <summary>Squared distances become covariances, in place.</summary>
    public static void Covariances(Span<double> squared, double variance)
    {
        foreach (ref var s in MemoryMarshal.Cast<double, Vector<double>>(squared))
        {
            var distance = new Vector<double>(Root5) * Vector.SquareRoot(s);
            s = variance * (Vector<double>.One + distance + new Vector<double>(5.0 / 3) * s) * Vector.Exp(-distance);
        }
    }

    /// <summary>Squared distances become the derivatives of the covariances by them, in place.</summary>
    public static void Slopes(Span<double> squared, double variance)
    {
        foreach (ref var s in MemoryMarshal.Cast<double, Vector<double>>(squared))
        {
            var distance = new Vector<double>(Root5) * Vector.SquareRoot(s);
            s = -5.0 / 6 * variance * (Vector<double>.One + distance) * Vector.Exp(-distance);
        }
    }
}
