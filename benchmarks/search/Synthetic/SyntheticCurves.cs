using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Specs;
using Orchestrator.Simulation.Benchmarks.Curves;

namespace Orchestrator.Search.Benchmarks.Synthetic;

/// <summary>
/// Learning curves made up after what trainings do: a final error that is a bowl with a cliff over the parameters, a power law on the way there, at a
/// speed that depends on the parameters too. In a third of the tables the first epochs show next to nothing; in another the fast trials end worse.
/// </summary>
public static class SyntheticCurves
{
    private const int Rows = 2000;
    private const int Epochs = 52;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CurveTable> All { get; } = [.. Enumerable.Range(1, 4).SelectMany(seed => new[] { Make($"plain{seed}", seed, 0, 0), Make($"blind{seed}", seed + 10, 1, 0.2), Make($"crossing{seed}", seed + 20, 0.3, 1) })];

    /// <param name="name">The table's name.</param>
    /// <param name="seed">Makes it.</param>
    /// <param name="blindness">How little the first epochs show: the lead of the noise of an untrained network, in epochs.</param>
    /// <param name="crossing">How much faster a trial learns where it ends worse.</param>
    private static CurveTable Make(string name, int seed, double blindness, double crossing)
    {
        var random = SplitMix64.ForStream(seed, 3);
        var parameters = Parameters();
        var surface = new ErrorSurface(parameters.Count, ref random);
        var level = 20 + 60 * random.NextDouble();
        var curves = new List<Curve>(Rows);
        for (var row = 0; row < Rows; row++)
        {
            double[] unit = [.. Enumerable.Range(0, parameters.Count).Select(_ => random.NextDouble())];
            var values = parameters.Select((p, i) => ValueOf(p.Distribution, unit[i])).ToList();
            unit = [.. parameters.Select((p, i) => UnitOf(p.Distribution, values[i]))];
            var final = surface.Error(unit);
            curves.Add(new Curve(values, Errors(final, surface.Slowness(unit, crossing), level, blindness, ref random), 20 + 80 * random.NextDouble()));
        }
        return new CurveTable(name, parameters, curves);
    }

    private static double[] Errors(double final, double slowness, double level, double blindness, ref SplitMix64 random)
    {
        var errors = new double[Epochs];
        var start = Math.Max(final, level + 15) + 4 * random.NextNormal();
        var delay = blindness * (0.5 + random.NextDouble());
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            var trained = Math.Max(0, epoch - delay);
            var left = Math.Pow(1 + trained / slowness, -1.1) / (1 + Math.Exp(2 * (trained - 0.8 * Epochs) / Epochs));
            errors[epoch - 1] = Math.Max(0, final + (start - final) * left + 0.15 * random.NextNormal());
        }
        return errors;
    }

    private static List<ParameterSpec> Parameters() =>
    [
        new("rate", new Distribution.LogUniform(1e-4, 1e-1)),
        new("batch", new Distribution.LogUniform(16, 512, 1)),
        new("momentum", new Distribution.Uniform(0.1, 0.99)),
        new("decay", new Distribution.LogUniform(1e-5, 1e-1)),
        new("layers", new Distribution.IntUniform(1, 5)),
        new("dropout", new Distribution.Uniform(0, 1)),
    ];

    private static double ValueOf(Distribution distribution, double unit) => distribution switch
    {
        Distribution.LogUniform { Quantum: null } log => log.Min * Math.Pow(log.Max / log.Min, unit),
        Distribution.LogUniform log => Math.Round(log.Min * Math.Pow(log.Max / log.Min, unit)),
        Distribution.IntUniform range => range.Min + Math.Floor(unit * (range.Max - range.Min + 1)),
        Distribution.Uniform range => range.Min + unit * (range.Max - range.Min),
        _ => throw new ArgumentException("It is not one of the distributions above.", nameof(distribution)),
    };

    private static double UnitOf(Distribution distribution, double value) => distribution switch
    {
        Distribution.LogUniform log => Math.Log(value / log.Min) / Math.Log(log.Max / log.Min),
        Distribution.IntUniform range => (value - range.Min) / (range.Max - range.Min),
        Distribution.Uniform range => (value - range.Min) / (range.Max - range.Min),
        _ => throw new ArgumentException("It is not one of the distributions above.", nameof(distribution)),
    };
}
