namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>What a Gaussian process has to be told.</summary>
/// <param name="InverseSquaredLengths">For each axis one over the square of the length in which the function changes.</param>
/// <param name="Rise">For each axis the first exponent that bends it (a); 1 leaves it as it is.</param>
/// <param name="Fall">For each axis the second exponent that bends it (b); 1 leaves it as it is.</param>
/// <param name="Variance">The function's variance.</param>
/// <param name="Noise">The variance of what is added to it at each observation.</param>
internal sealed record GpParameters(double[] InverseSquaredLengths, double[] Rise, double[] Fall, double Variance, double Noise)
{
    /// <summary>The parameters of such natural logarithms, in that order.</summary>
    public static GpParameters FromLogarithms(double[] logarithms)
    {
        double[] all = [.. logarithms.Select(x => Math.Exp(x))];
        var axes = (all.Length - 2) / 3;
        return new(all[..axes], all[axes..(2 * axes)], all[(2 * axes)..(3 * axes)], all[^2], all[^1]);
    }
}
