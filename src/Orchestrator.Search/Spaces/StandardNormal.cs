namespace Orchestrator.Search.Spaces;

/// <summary>The standard normal distribution.</summary>
internal static class StandardNormal
{
    // Beyond this a unit drawn with 53 bits can't fall; it keeps draws finite.
    private const double LeastUnit = 1.0 / (1UL << 54);

    /// <summary>The density at <paramref name="x"/>.</summary>
    public static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>The share of draws below <paramref name="x"/>, to 1e-15 absolute. Hart: Computer Approximations, 1968, as given by West, 2009.</summary>
    public static double Cumulative(double x)
    {
        var tail = UpperTail(Math.Abs(x));
        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>The value below which a share <paramref name="unit"/> of the draws falls; finite also at 0 and 1.</summary>
    public static double Quantile(double unit)
    {
        // Always by the lower tail: near 1 the cumulative share has lost the digits that matter.
        var tail = Math.Max(LeastUnit, Math.Min(unit, 1 - unit));
        var estimate = -Tail(tail);
        // One step of Halley's method takes the estimate (1e-9) to the precision of a double.
        var error = (Cumulative(estimate) - tail) / Density(estimate);
        var quantile = estimate - error / (1 + 0.5 * estimate * error);
        return unit < 0.5 ? quantile : -quantile;
    }

    /// <summary>The positive quantile of an upper tail. Acklam: An Algorithm for Computing the Inverse Normal Cumulative Distribution Function, 2003.</summary>
    private static double Tail(double tail)
    {
        if (tail < 0.02425)
        {
            var q = Math.Sqrt(-2 * Math.Log(tail));
            return -(((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783)
                / ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);
        }
        var centre = 0.5 - tail;
        var r = centre * centre;
        return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239) * centre
            / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1);
    }

    private static double UpperTail(double x)
    {
        if (x > 37) return 0;
        var exponential = Math.Exp(-0.5 * x * x);
        if (x >= 7.07106781186547)
            return exponential / (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) / 2.506628274631;
        var numerator = ((((((3.52624965998911e-02 * x + 0.700383064443688) * x + 6.37396220353165) * x + 33.912866078383) * x + 112.079291497871) * x + 221.213596169931) * x + 220.206867912376);
        var denominator = (((((((8.83883476483184e-02 * x + 1.75566716318264) * x + 16.064177579207) * x + 86.7807322029461) * x + 296.564248779674) * x + 637.333633378831) * x + 793.826512519948) * x + 440.413735824752);
        return exponential * numerator / denominator;
    }
}
