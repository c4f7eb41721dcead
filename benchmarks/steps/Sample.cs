namespace TorchSharp.Benchmarks;

/// <summary>Seconds of one step: on the clock, and of processor time.</summary>
internal readonly record struct Sample(double Wall, double Cpu)
{
    internal static Sample Median(IEnumerable<Sample> samples)
    {
        var all = samples.ToArray();
        return new Sample(Middle(all.Select(s => s.Wall)), Middle(all.Select(s => s.Cpu)));
    }

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
