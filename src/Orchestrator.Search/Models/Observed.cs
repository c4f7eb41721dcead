namespace Orchestrator.Search.Models;

/// <summary>A finished trial as models see it.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Point">Where it is.</param>
/// <param name="Values">What it measured, turned so that less is better; positive infinity where it measured nothing.</param>
/// <param name="StoppedAt">Where it was stopped early, in epochs; null: it was not.</param>
/// <param name="Broken">How many constraints it broke.</param>
internal sealed record Observed(int Trial, double[] Point, double[] Values, int? StoppedAt, int Broken = 0)
{
    /// <summary>
    /// The best first by the first metric. Trials that broke a constraint come behind all that did not. Trials that ran to their end come before those
    /// that were stopped as poor, and of these the ones that came further, since values at different epochs do not compare.
    /// </summary>
    public static readonly Comparer<Observed> BestFirst = Comparer<Observed>.Create((left, right) =>
    {
        var order = double.IsPositiveInfinity(left.Value).CompareTo(double.IsPositiveInfinity(right.Value));
        if (order == 0) order = left.Broken.CompareTo(right.Broken);
        if (order == 0) order = (right.StoppedAt ?? int.MaxValue).CompareTo(left.StoppedAt ?? int.MaxValue);
        if (order == 0) order = left.Value.CompareTo(right.Value);
        return order != 0 ? order : left.Trial.CompareTo(right.Trial);
    });

    /// <summary>The first of the values, or the only one.</summary>
    public double Value => Values[0];
}
