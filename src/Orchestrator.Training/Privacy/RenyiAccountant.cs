namespace Orchestrator.Training.Privacy;

/// <summary>
/// What differential privacy a number of noisy steps cost, each on rows drawn independently with the same probability (Poisson sampling).
/// Mironov, Talwar, Zhang: Rényi Differential Privacy of the Sampled Gaussian Mechanism, 2019 (arXiv:1908.10530), equation 3.
/// </summary>
/// <remarks>Two data sets are neighbours if one has a row more. Orders are whole numbers; others would make large epsilons a little smaller.</remarks>
public sealed class RenyiAccountant
{
    private const int SmallestOrder = 2;
    private const int LargestOrder = 256;
    private const double LargestNoise = 1e6;

    private readonly double[] _ofOneStep;

    /// <summary>Accounts for steps of one kind.</summary>
    /// <param name="samplingRate">Probability of a row to be in a batch, above 0, at most 1.</param>
    /// <param name="noise">Standard deviation of the noise, as a multiple of the norm that a row's gradient is clipped to; above 0.</param>
    public RenyiAccountant(double samplingRate, double noise)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplingRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samplingRate, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(noise);
        _ofOneStep = [.. Enumerable.Range(SmallestOrder, LargestOrder - SmallestOrder + 1).Select(order => OfOneStep(order, samplingRate, noise))];
    }

    /// <summary>The Rényi divergence of an order that one step may cause.</summary>
    /// <param name="order">2 to 256.</param>
    public double Divergence(int order) => _ofOneStep[order - SmallestOrder];

    /// <summary>The epsilon of a number of steps.</summary>
    /// <param name="steps">Number of steps, from 0.</param>
    /// <param name="delta">Probability with which epsilon need not hold, between 0 and 1.</param>
    /// <remarks>The conversion is that of Canonne, Kamath, Steinke: The Discrete Gaussian for Differential Privacy, 2020, proposition 12.</remarks>
    public double Epsilon(long steps, double delta)
    {
        if (steps == 0) return 0;
        var least = double.PositiveInfinity;
        for (var order = SmallestOrder; order <= LargestOrder; order++)
        {
            var epsilon = (steps * Divergence(order)) + Math.Log(1 - (1.0 / order)) - (Math.Log(delta * order) / (order - 1));
            least = Math.Min(least, epsilon);
        }
        return Math.Max(least, 0);
    }

    /// <summary>The most steps whose epsilon is no more than a budget.</summary>
    public long Steps(double epsilon, double delta)
    {
        long within = 0, beyond = 1;
        while (Epsilon(beyond, delta) <= epsilon && beyond < long.MaxValue / 2)
            (within, beyond) = (beyond, beyond * 2);
        while (beyond - within > 1)
        {
            var middle = within + ((beyond - within) / 2);
            if (Epsilon(middle, delta) <= epsilon) within = middle;
            else beyond = middle;
        }
        return within;
    }

    /// <summary>The least noise, to a thousandth, with which a number of steps costs no more than a budget.</summary>
    /// <exception cref="ArgumentException">No noise is enough: delta is too small for the epsilon.</exception>
    public static double LeastNoise(double samplingRate, long steps, double epsilon, double delta)
    {
        double within = 1;
        while (new RenyiAccountant(samplingRate, within).Epsilon(steps, delta) > epsilon)
        {
            within *= 2;
            if (within > LargestNoise)
                throw new ArgumentException($"No noise gives epsilon {epsilon} at delta {delta}: raise one of them.", nameof(epsilon));
        }
        var beyond = 0.0;
        while (within - beyond > 1e-3 * within)
        {
            var middle = (within + beyond) / 2;
            if (new RenyiAccountant(samplingRate, middle).Epsilon(steps, delta) <= epsilon) within = middle;
            else beyond = middle;
        }
        return within;
    }

    private static double OfOneStep(int order, double samplingRate, double noise)
    {
        if (samplingRate >= 1) return order / (2 * noise * noise);
        var sum = double.NegativeInfinity;
        var logBinomial = 0.0;
        for (var k = 0; k <= order; k++)
        {
            if (k > 0) logBinomial += Math.Log((double)(order - k + 1) / k);
            var term = logBinomial + (k * Math.Log(samplingRate)) + ((order - k) * Math.Log(1 - samplingRate)) + (k * (k - 1) / (2 * noise * noise));
            sum = LogAdd(sum, term);
        }
        return sum / (order - 1);
    }

    private static double LogAdd(double a, double b)
    {
        var (large, small) = a > b ? (a, b) : (b, a);
        return double.IsNegativeInfinity(small) ? large : large + Math.Log(1 + Math.Exp(small - large));
    }
}
