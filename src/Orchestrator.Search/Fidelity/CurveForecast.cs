namespace Orchestrator.Search.Fidelity;

/// <summary>
/// Foretells from the curves of all trials what those that were stopped, or still run, would measure at their end: by a line through the trials that
/// came as far and to their end (<see cref="CurveLink"/>), or, while these are too few, to the furthest milestone that enough have come to, and from there on.
/// An epoch that says nothing about the end so gives a forecast that says nothing either.
/// After Swersky, Snoek, Adams: Freeze-Thaw Bayesian Optimization, arXiv 1406.3896, with lines instead of a process over time.
/// </summary>
internal sealed class CurveForecast
{
    // Fewer pairs than this make no line of their own.
    private const int Enough = 4;

    private readonly CurveLink[] _links;
    private readonly int[] _targets;
    private readonly double[] _most;

    /// <param name="curves">The curves of trials, with what each measured at its end; null: it has not got there.</param>
    public CurveForecast(IReadOnlyList<(PartialCurve Curve, double? End)> curves)
    {
        var milestones = curves.Count == 0 ? 0 : curves.Max(c => c.Curve.Count);
        (_links, _targets, _most) = (new CurveLink[milestones], new int[milestones], new double[milestones + 1]);
        var variances = new double[milestones + 1];
        for (var milestone = 0; milestone <= milestones; milestone++)
        {
            double[] values = [.. curves.Select(c => At(c, milestone)).OfType<double>().Where(double.IsFinite).Order()];
            _most[milestone] = MostOf(values);
            variances[milestone] = Variance(values, _most[milestone]);
            if (milestone == milestones && values.Length > 0) Unknown = (values.Average(v => Math.Min(v, _most[^1])), variances[^1] * values.Length / Math.Max(1, values.Length - 1));
        }
        for (var milestone = 0; milestone < milestones; milestone++)
        {
            var pairs = Pairs(curves, milestone, _targets[milestone] = milestones);
            while (pairs.Count < Enough && _targets[milestone] > milestone + 1) pairs = Pairs(curves, milestone, --_targets[milestone]);
            _links[milestone] = new CurveLink(pairs, variances[milestone]);
        }
    }

    /// <summary>What a trial would measure at its end of which nothing is known.</summary>
    public (double Mean, double Variance) Unknown { get; }

    /// <summary>How many milestones the longest curve has.</summary>
    public int Milestones => _links.Length;

    /// <summary>What a trial would measure at its end.</summary>
    /// <param name="curve">Not longer than the longest.</param>
    public (double Mean, double Variance) End(PartialCurve curve)
    {
        if (curve.Count == 0) return (double.PositiveInfinity, 0);
        var milestone = curve.Count - 1;
        var (mean, variance) = (Math.Min(curve[milestone], _most[milestone]), 0.0);
        for (; milestone < _links.Length; milestone = _targets[milestone]) (mean, variance) = _links[milestone].Next(mean, variance);
        return (mean, variance);
    }

    private double? At((PartialCurve Curve, double? End) trial, int milestone) =>
        milestone < _links.Length ? milestone < trial.Curve.Count ? trial.Curve[milestone] : null : trial.End;

    private List<(double, double)> Pairs(IReadOnlyList<(PartialCurve Curve, double? End)> curves, int from, int to)
    {
        var pairs = new List<(double, double)>();
        foreach (var trial in curves)
            if (At(trial, from) is { } here && At(trial, to) is { } then) pairs.Add((Math.Min(here, _most[from]), Math.Min(then, _most[to])));
        return pairs;
    }

    /// <summary>Far above the median a value tells nothing more: diverged trainings must not bend the lines.</summary>
    private static double MostOf(double[] sorted) => sorted.Length == 0 ? double.MaxValue : sorted[sorted.Length / 2] + 4 * Math.Max(sorted[sorted.Length / 2] - sorted[0], 1e-12);

    private static double Variance(double[] values, double most)
    {
        if (values.Length < 2) return 0;
        var mean = values.Average(v => Math.Min(v, most));
        return values.Average(v => Math.Pow(Math.Min(v, most) - mean, 2));
    }
}
