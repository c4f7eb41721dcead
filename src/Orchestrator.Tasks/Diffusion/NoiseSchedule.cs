using static TorchSharp.torch;

namespace Orchestrator.Tasks.Diffusion;

/// <summary>
/// How much of an image remains after each step of adding noise: the cumulative products of Ho et al. (NeurIPS 2020), there called
/// alpha-bar, of steps 0 to <see cref="Steps"/> - 1.
/// </summary>
internal sealed class NoiseSchedule
{
    private const double FirstVariance = 1e-4;
    private const double LastVariance = 0.02;
    private const double StepsOfThoseVariances = 1000;
    private const double CosineOffset = 0.008;
    private const double MostVariance = 0.999;

    private readonly double[] _kept;

    /// <summary>Makes a schedule.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="steps">Number of steps.</param>
    internal NoiseSchedule(NoiseScheduleKind kind, int steps)
    {
        _kept = new double[steps];
        var product = 1.0;
        for (var step = 0; step < steps; step++)
            _kept[step] = product *= 1 - Math.Min(MostVariance, Variance(kind, step, steps));
    }

    /// <summary>Number of steps.</summary>
    internal int Steps => _kept.Length;

    /// <summary>The share of the image's variance that remains after a step; before step 0, all of it.</summary>
    internal double Kept(int step) => step < 0 ? 1 : _kept[step];

    /// <summary>What images and noise are multiplied by before they are added, rows x 1 x 1 x 1 each: the roots of their variances.</summary>
    /// <param name="steps">The step of each row: whole numbers.</param>
    internal (Tensor Image, Tensor Noise) Shares(Tensor steps)
    {
        var kept = tensor(_kept).to(steps.device).index_select(0, steps).view(-1, 1, 1, 1);
        return (kept.sqrt().to(ScalarType.Float32), (1 - kept).sqrt().to(ScalarType.Float32));
    }

    private static double Variance(NoiseScheduleKind kind, int step, int steps) => kind switch
    {
        NoiseScheduleKind.Linear => (FirstVariance + ((LastVariance - FirstVariance) * step / Math.Max(1, steps - 1))) * StepsOfThoseVariances / steps,
        NoiseScheduleKind.Cosine => 1 - (Cosine((step + 1.0) / steps) / Cosine((double)step / steps)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown noise schedule"),
    };

    private static double Cosine(double time) => Math.Pow(Math.Cos((time + CosineOffset) / (1 + CosineOffset) * Math.PI / 2), 2);
}
