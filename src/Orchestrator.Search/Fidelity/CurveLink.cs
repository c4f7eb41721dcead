namespace Orchestrator.Search.Fidelity;

/// <summary>
/// How values at one milestone foretell those at another: a line through what trials that reached both measured, drawn towards a level one, which
/// foretells nothing, while they are few, and never falling.
/// </summary>
internal readonly record struct CurveLink
{
    // As much as so many made-up trials says that the line is level.
    private const double PriorWeight = 1;

    private readonly double _meanHere;
    private readonly double _meanNext;
    private readonly double _slope;
    private readonly double _spread;
    private readonly double _variance;
    private readonly double _count;

    /// <param name="pairs">The values of each trial at the two milestones.</param>
    /// <param name="scale">The variance of the values of all trials at the first.</param>
    public CurveLink(IReadOnlyList<(double Here, double Next)> pairs, double scale)
    {
        _count = pairs.Count + PriorWeight;
        (_slope, _variance) = (1, scale);
        if (pairs.Count < 2) return;
        (_meanHere, _meanNext) = (pairs.Average(p => p.Here), pairs.Average(p => p.Next));
        var (product, spread) = (0.0, PriorWeight * scale);
        foreach (var (here, next) in pairs)
        {
            product += (here - _meanHere) * (next - _meanNext);
            spread += (here - _meanHere) * (here - _meanHere);
        }
        (_spread, _slope) = (spread, spread > 0 ? Math.Max(0, product / spread) : 0);
        var rest = 0.0;
        foreach (var (here, next) in pairs) rest += Math.Pow(next - _meanNext - _slope * (here - _meanHere), 2);
        _variance = rest / (pairs.Count - 1);
    }

    /// <summary>What the other milestone will show.</summary>
    /// <param name="mean">What the trial measured at the first milestone, or is expected to.</param>
    /// <param name="variance">The doubt about that.</param>
    public (double Mean, double Variance) Next(double mean, double variance)
    {
        var away = mean - _meanHere;
        var beyond = _spread > 0 ? away * away / _spread : 0;
        return (_meanNext + _slope * away, _slope * _slope * variance + _variance * (1 + 1 / _count + beyond));
    }
}
