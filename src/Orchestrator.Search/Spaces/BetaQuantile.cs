namespace Orchestrator.Search.Spaces;

/// <summary>The beta distribution: its share is the regularised incomplete beta function, its inverse found by bisection.</summary>
internal sealed class BetaQuantile(double a, double b) : Quantile
{
    // A double has 53 bits, so no more halvings of [0, 1] tell places apart.
    private const int Halvings = 54;

    private readonly double _logBeta = LogGamma(a) + LogGamma(b) - LogGamma(a + b);

    public override double Minimum => 0;

    public override double Maximum => 1;

    public override double At(double unit)
    {
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = 0.5 * (low + high);
            if (Share(middle) < unit) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }

    public override double Share(double value)
    {
        if (value <= 0) return 0;
        if (value >= 1) return 1;
        var factor = Math.Exp(a * Math.Log(value) + b * Math.Log(1 - value) - _logBeta);
        // The fraction converges fast only below the mean; above it the mirrored distribution is asked.
        return value < (a + 1) / (a + b + 2) ? factor * Fraction(value, a, b) / a : 1 - factor * Fraction(1 - value, b, a) / b;
    }

    /// <summary>The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method.</summary>
    private static double Fraction(double x, double a, double b)
    {
        const double Tiny = 1e-300;
        var c = 1.0;
        var d = 1 / Guard(1 - (a + b) * x / (a + 1));
        var fraction = d;
        for (var m = 1; m <= 300; m++)
        {
            var before = fraction;
            Step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
            Step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)));
            if (Math.Abs(fraction - before) <= 1e-15 * Math.Abs(fraction)) break;
        }
        return fraction;

        void Step(double term)
        {
            d = 1 / Guard(1 + term * d);
            c = Guard(1 + term / c);
            fraction *= c * d;
        }

        static double Guard(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }

    /// <summary>The logarithm of the gamma function. Lanczos: A Precision Approximation of the Gamma Function, 1964 (g = 7, 9 terms).</summary>
    private static double LogGamma(double x)
    {
        ReadOnlySpan<double> terms =
        [
            0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
            12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
        ];
        if (x < 0.5) return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        x -= 1;
        var sum = terms[0];
        for (var i = 1; i < terms.Length; i++) sum += terms[i] / (x + i);
        var t = x + 7.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x + 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}
