using Orchestrator.Search.Fidelity;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Models;

/// <summary>
/// Replaces values by the normal quantiles of their ranks; equal values share the mean of theirs. Where trials were stopped early, what they would have
/// measured at their end is foretold, and the doubt about it becomes noise of the score.
/// </summary>
internal static class NormalScores
{
    /// <summary>Scores of trials, the best first.</summary>
    /// <param name="finished">The trials that ended, the best first.</param>
    /// <param name="running">Those that run; they count once their curves tell something about their end.</param>
    /// <param name="curves">The curves of all.</param>
    /// <param name="features">What forecasts see of their points.</param>
    public static IReadOnlyList<Scored> Of(IReadOnlyList<Observed> finished, IEnumerable<(int Trial, double[] Point)> running, CurveBook curves, ConfigurationFeatures features)
    {
        var trials = finished.Any(o => o.StoppedAt is not null) ? Foretold(finished, running, curves, features) : [.. finished.Select(o => new Forecast(o.Point, o.Broken, o.Value, 0))];
        var scored = new Scored[trials.Count];
        for (var first = 0; first < scored.Length;)
        {
            var last = first;
            while (last + 1 < scored.Length && trials[last + 1].Broken == trials[first].Broken && trials[last + 1].Value == trials[first].Value) last++;
            var score = Quantile(0.5 * (first + last) + 0.5, scored.Length);
            for (var i = first; i <= last; i++) scored[i] = new Scored(trials[i].Point, score, Noise(trials, i));
            first = last + 1;
        }
        return scored;
    }

    private static List<Forecast> Foretold(IReadOnlyList<Observed> finished, IEnumerable<(int Trial, double[] Point)> running, CurveBook curves, ConfigurationFeatures features)
    {
        var known = finished.Select(o => (Trial: (Observed?)o, o.Point, Curve: curves.Of(o.Trial), Features: features.Of(o.Point))).ToList();
        known.AddRange(running.Select(r => (Trial: (Observed?)null, r.Point, Curve: curves.Of(r.Trial), Features: features.Of(r.Point))).Where(r => r.Curve is not null && double.IsFinite(r.Curve.Newest)));
        var forecast = new CurveForecast([.. known.Where(t => t.Curve is not null).Select(t => new KnownCurve(t.Curve!, t.Features, t.Trial is { StoppedAt: null } o && double.IsFinite(o.Value) ? o.Value : (double?)null))]);
        var trials = known.ConvertAll(t =>
        {
            if (t.Trial is { } o && (o.StoppedAt is null || double.IsPositiveInfinity(o.Value) || t.Curve is null)) return new Forecast(o.Point, o.Broken, t.Curve is null && o.StoppedAt is not null ? double.PositiveInfinity : o.Value, 0);
            var (mean, variance) = forecast.End(t.Curve!, t.Features);
            return new Forecast(t.Point, t.Trial?.Broken ?? 0, mean, Math.Sqrt(variance));
        });
        // The order of equal ones is that of the finished trials: the sort is stable.
        return [.. trials.OrderBy(t => double.IsPositiveInfinity(t.Value)).ThenBy(t => t.Broken).ThenBy(t => t.Value)];
    }

    /// <summary>The square of half the scores that lie between one deviation below a value and one above.</summary>
    private static double Noise(List<Forecast> sorted, int index)
    {
        var trial = sorted[index];
        if (trial.Deviation <= 0 || double.IsPositiveInfinity(trial.Value)) return 0;
        var (below, above) = (index, index);
        while (below > 0 && sorted[below - 1].Broken == trial.Broken && sorted[below - 1].Value > trial.Value - trial.Deviation) below--;
        while (above < sorted.Count - 1 && sorted[above + 1].Broken == trial.Broken && sorted[above + 1].Value < trial.Value + trial.Deviation) above++;
        var half = 0.5 * (Quantile(above + 1, sorted.Count) - Quantile(below, sorted.Count));
        return half * half;
    }

    private static double Quantile(double rank, int count) => StandardNormal.Quantile(Math.Clamp(rank, 0.5, count - 0.5) / count);

    private readonly record struct Forecast(double[] Point, int Broken, double Value, double Deviation);
}
