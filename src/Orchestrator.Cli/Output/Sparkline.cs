namespace Orchestrator.Cli.Output;

/// <summary>A curve in one line of text.</summary>
internal static class Sparkline
{
    private const string Levels = "▁▂▃▄▅▆▇█";
    private const char Broken = '!'; // not a number, or infinite

    /// <summary>Draws values from the lowest to the highest, each column the mean of as many.</summary>
    /// <param name="values">The values.</param>
    /// <param name="width">The most columns.</param>
    public static string Of(IReadOnlyList<double> values, int width = 32)
    {
        var columns = Math.Min(width, values.Count);
        var means = Enumerable.Range(0, columns).Select(c => Mean(values, c * values.Count / columns, (c + 1) * values.Count / columns)).ToList();
        var finite = means.Where(double.IsFinite).DefaultIfEmpty().ToList();
        var (low, high) = (finite.Min(), finite.Max());
        return string.Concat(means.Select(mean => double.IsFinite(mean) ? Levels[Level(mean, low, high)] : Broken));
    }

    private static int Level(double value, double low, double high) => high > low ? (int)Math.Min(Levels.Length - 1, (value - low) / (high - low) * Levels.Length) : 0;

    private static double Mean(IReadOnlyList<double> values, int from, int to)
    {
        var sum = 0.0;
        for (var i = from; i < to; i++) sum += values[i];
        return sum / (to - from);
    }
}
