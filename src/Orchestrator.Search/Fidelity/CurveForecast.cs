namespace Orchestrator.Search.Fidelity;

/// <summary>
/// Foretells from the curves of all trials what those that were stopped, or still run, would measure at their end: from milestone to milestone
/// (<see cref="CurveLink"/>), each step learned from all trials that took it. Where early epochs say nothing about later ones, the forecast says nothing either.
/// After Swersky, Snoek, Adams: Freeze-Thaw Bayesian Optimization, arXiv 1406.3896, with an autoregression over milestones instead of a process over time.
/// </summary>
internal sealed class CurveForecast
{
    // Squares of larger values are no numbers; where nobody has measured a number, all are.
    private const double Largest = 1e100;

    private readonly CurveLink[] _links;
    private readonly double[] _most;

    /// <param name="curves">The curves of trials.</param>
    public CurveForecast(IReadOnlyList<KnownCurve> curves)
    {
        var milestones = curves.Count == 0 ? 0 : curves.Max(c => c.Curve.Count);
        (_links, _most) = (new CurveLink[milestones], new double[milestones + 1]);
        var variances = new double[milestones + 1];
        for (var milestone = 0; milestone <= milestones; milestone++)
        {
            double[] values = [.. curves.Select(c => At(c, milestone)).OfType<double>().Where(double.IsFinite).Order()];
            _most[milestone] = MostOf(values);
            variances[milestone] = Variance(values, _most[milestone]);
        }
        for (var milestone = 0; milestone < milestones; milestone++) _links[milestone] = new CurveLink(Steps(curves, milestone), variances[milestone]);
    }

    /// <summary>How many milestones the longest curve has.</summary>
    public int Milestones => _links.Length;

    /// <summary>What a trial would measure at its end.</summary>
    /// <param name="curve">One that is as long as the longest has nothing to be foretold but the end.</param>
    /// <param name="configuration">Its configuration, as those of the others.</param>
    public (double Mean, double Variance) End(PartialCurve curve, double[] configuration)
    {
        if (curve.Count == 0) return (double.PositiveInfinity, 0);
        var last = curve.Count - 1;
        var state = new CurveState(Bounded(curve[Math.Max(0, last - 1)], Math.Max(0, last - 1)), Bounded(curve[last], last));
        for (var milestone = last; milestone < _links.Length; milestone++) state = _links[milestone].Next(state, configuration);
        return (state.Here, state.Variance);
    }

    private double? At(KnownCurve trial, int milestone) =>
        milestone < _links.Length ? milestone < trial.Curve.Count ? trial.Curve[milestone] : null : trial.End;

    private List<CurveStep> Steps(IReadOnlyList<KnownCurve> curves, int milestone)
    {
        var steps = new List<CurveStep>();
        foreach (var trial in curves)
        {
            if (At(trial, milestone) is not { } here || At(trial, milestone + 1) is not { } next) continue;
            var before = milestone == 0 ? Bounded(here, 0) : Bounded(trial.Curve[milestone - 1], milestone - 1);
            here = Bounded(here, milestone);
            next = Bounded(next, milestone + 1);
            if (Math.Max(Math.Abs(before), Math.Max(Math.Abs(here), Math.Abs(next))) > Largest) continue;
            steps.Add(new CurveStep(before - here, here, next, trial.Configuration));
        }
        return steps;
    }

    private double Bounded(double value, int milestone) => Math.Min(value, _most[milestone]);

    /// <summary>Far above the median a value tells nothing more: diverged trainings must not bend the lines.</summary>
    private static double MostOf(double[] sorted) => sorted.Length == 0 ? double.MaxValue : sorted[sorted.Length / 2] + 4 * Math.Max(sorted[sorted.Length / 2] - sorted[0], 1e-12);

    private static double Variance(double[] values, double most)
    {
        if (values.Length < 2) return 0;
        var mean = values.Average(v => Math.Min(v, most));
        return values.Average(v => Math.Pow(Math.Min(v, most) - mean, 2));
    }
}
