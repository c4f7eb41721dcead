namespace Orchestrator.Search.Fidelity;

/// <summary>
/// How a curve goes on from one milestone to the next: a plane through what trials that reached both measured, over the value and over how much it fell
/// since the milestone before. While they are few it is drawn towards a fall half as deep as the last. Ridge regression: Hoerl, Kennard, 1970.
/// </summary>
internal readonly record struct CurveLink
{
    // As much as so many made-up trials says that a curve falls on, half as deep.
    private const double PriorWeight = 3;
    private const double PriorFall = -0.5;

    private readonly (double Here, double Fall, double Next) _mean;
    private readonly double _byValue;
    private readonly double _byFall;
    private readonly (double Here, double Both, double Fall) _precision;
    private readonly double _variance;
    private readonly double _count;

    /// <param name="steps">Of each trial: the fall to the first milestone, the value there, and that at the second.</param>
    /// <param name="scale">The variance of the values of all trials at the first.</param>
    public CurveLink(IReadOnlyList<(double Fall, double Here, double Next)> steps, double scale)
    {
        (_byValue, _byFall, _variance, _count) = (1, PriorFall, scale, steps.Count + 1);
        if (steps.Count == 0) return;
        _mean = (steps.Average(s => s.Here), steps.Average(s => s.Fall), steps.Average(s => s.Next));
        if (steps.Count == 1) return;
        var (here, both, fall, hereNext, fallNext) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var step in steps)
        {
            var (x, y, z) = (step.Here - _mean.Here, step.Fall - _mean.Fall, step.Next - _mean.Next);
            (here, both, fall, hereNext, fallNext) = (here + x * x, both + x * y, fall + y * y, hereNext + x * z, fallNext + y * z);
        }
        var (hereRidge, fallRidge) = (Ridge(here, steps.Count), Ridge(fall, steps.Count));
        (hereNext, fallNext) = (hereNext + hereRidge, fallNext + PriorFall * fallRidge);
        (here, fall) = (here + hereRidge, fall + fallRidge);
        var determinant = here * fall - both * both;
        _precision = (fall / determinant, -both / determinant, here / determinant);
        _byValue = _precision.Here * hereNext + _precision.Both * fallNext;
        _byFall = _precision.Both * hereNext + _precision.Fall * fallNext;
        var rest = 0.0;
        foreach (var step in steps) rest += Math.Pow(step.Next - Mean(step.Fall, step.Here), 2);
        _variance = rest / (steps.Count - 1);
    }

    /// <summary>What the next milestone will show.</summary>
    /// <param name="state">What the trial measured last, or is expected to.</param>
    public CurveState Next(CurveState state)
    {
        var (fall, here) = (state.Before - state.Here, state.Here);
        var (x, y) = (here - _mean.Here, fall - _mean.Fall);
        var beyond = _precision.Here * x * x + 2 * _precision.Both * x * y + _precision.Fall * y * y;
        return state.Then(Mean(fall, here), _byFall, _byValue - _byFall, _variance * (1 + 1 / _count + beyond));
    }

    private double Mean(double fall, double here) => _mean.Next + _byValue * (here - _mean.Here) + _byFall * (fall - _mean.Fall);

    // Something, even where all values are the same.
    private static double Ridge(double squares, int count) => Math.Max(PriorWeight * squares / count, 1e-12);
}
