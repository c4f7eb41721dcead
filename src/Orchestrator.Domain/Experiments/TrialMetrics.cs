using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Orchestrator.Domain.Experiments;

/// <summary>
/// What a trial measured, in a tenth of a dictionary's space: a coordinator keeps this for every trial it has ever had.
/// Trials that report the same metrics share one array of names.
/// </summary>
internal sealed class TrialMetrics(string[] names, double[] values) : IReadOnlyDictionary<string, double>
{
    public static readonly TrialMetrics None = new([], []);

    public int Count => names.Length;

    public IEnumerable<string> Keys => names;

    public IEnumerable<double> Values => values;

    public double this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no metric '{key}'; there are: {string.Join(", ", names)}.");

    /// <summary>Copies metrics, with the names of <paramref name="previous"/> where they are the same.</summary>
    public static TrialMetrics Copy(IReadOnlyDictionary<string, double> metrics, TrialMetrics previous)
    {
        var values = new double[metrics.Count];
        var names = previous.HasNames(metrics) ? previous.Names : [.. metrics.Keys];
        for (var i = 0; i < names.Length; i++) values[i] = metrics[names[i]];
        return new TrialMetrics(names, values);
    }

    public bool ContainsKey(string key) => Array.IndexOf(names, key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        var index = Array.IndexOf(names, key);
        value = index < 0 ? 0 : values[index];
        return index >= 0;
    }

    public IEnumerator<KeyValuePair<string, double>> GetEnumerator()
    {
        for (var i = 0; i < names.Length; i++) yield return new(names[i], values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>By value, so that what a search was told compares by value: the same names in the same order, with the same numbers.</summary>
    public override bool Equals(object? obj) => obj is TrialMetrics other && names.AsSpan().SequenceEqual(other.Names) && values.AsSpan().SequenceEqual(other.Numbers);

    public override int GetHashCode() => names.Length == 0 ? 0 : HashCode.Combine(names.Length, names[0], values[0]);

    private string[] Names => names;

    private double[] Numbers => values;

    private bool HasNames(IReadOnlyDictionary<string, double> metrics)
    {
        if (metrics.Count != names.Length) return false;
        foreach (var name in names)
            if (!metrics.ContainsKey(name)) return false;
        return true;
    }
}
