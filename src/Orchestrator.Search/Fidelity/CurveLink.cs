using Orchestrator.Search.Models;

namespace Orchestrator.Search.Fidelity;

/// <summary>
/// How a curve goes on from one milestone to the next: a plane through what trials that reached both measured, over the value, over how much it fell
/// since the milestone before, and over the configuration, since trainings alike go on alike. While they are few it is drawn towards a fall half as deep as the last.
/// </summary>
internal sealed class CurveLink
{
    // As much as so many made-up trials says that a curve falls on, half as deep.
    private const double CurveWeight = 3;
    private const double ExpectedFall = -0.5;

    // And that it does so whatever its configuration.
    private const double ConfigurationWeight = 2;

    private readonly RidgePlane? _plane;
    private readonly double _variance;

    /// <param name="steps">The steps that trials took.</param>
    /// <param name="scale">The variance of the values of all trials at the first milestone.</param>
    public CurveLink(IReadOnlyList<CurveStep> steps, double scale)
    {
        _variance = scale;
        if (steps.Count == 0) return;
        var expected = new (double Slope, double Weight)[2 + steps[0].Configuration.Length];
        Array.Fill(expected, (0, ConfigurationWeight));
        (expected[0], expected[1]) = ((1, CurveWeight), (ExpectedFall, CurveWeight));
        _plane = new RidgePlane([.. steps.Select(s => Place(s.Here, s.Fall, s.Configuration))], [.. steps.Select(s => s.Next)], expected);
        if (steps.Count > 1) _variance = _plane.Residue / Free(steps.Count, steps[0].Configuration.Length);
    }

    /// <summary>What the next milestone will show.</summary>
    /// <param name="state">What the trial measured last, or is expected to.</param>
    /// <param name="configuration">Its configuration (<see cref="ConfigurationFeatures"/>).</param>
    public CurveState Next(CurveState state, double[] configuration)
    {
        var fall = state.Before - state.Here;
        if (_plane is null) return state.Then(state.Here + ExpectedFall * fall, ExpectedFall, 1 - ExpectedFall, 2 * _variance);
        var place = Place(state.Here, fall, configuration);
        var (byValue, byFall) = (_plane.Slopes[0], _plane.Slopes[1]);
        return state.Then(_plane.At(place), byFall, byValue - byFall, _variance * (1 + _plane.Uncertainty(place)));
    }

    private static double[] Place(double here, double fall, double[] configuration) => [here, fall, .. configuration];

    /// <summary>How many of the observations the plane did not use up to bend to them; what it bends by the configuration counts as far as the ridge lets it.</summary>
    private static double Free(double count, int features) => Math.Max(count / 3, count - 1 - features * count / (count + ConfigurationWeight));
}
