namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>What a Gaussian process has to be told.</summary>
/// <param name="InverseSquaredLengths">For each axis one over the square of the length in which the function changes.</param>
/// <param name="Variance">The function's variance.</param>
/// <param name="Noise">The variance of what is added to it at each observation.</param>
internal sealed record GpParameters(double[] InverseSquaredLengths, double Variance, double Noise)
{
    /// <summary>The natural logarithms of all parameters, in that order.</summary>
    public double[] ToLogarithms() => [.. InverseSquaredLengths.Select(x => Math.Log(x)), Math.Log(Variance), Math.Log(Noise)];

    /// <summary>The parameters of such logarithms.</summary>
    public static GpParameters FromLogarithms(double[] logarithms) =>
        new([.. logarithms[..^2].Select(x => Math.Exp(x))], Math.Exp(logarithms[^2]), Math.Exp(logarithms[^1]));
}
