using System.Globalization;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Fidelity;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Schedulers;

/// <summary>
/// Foretells a trial's end from its curve and those of earlier trials (<see cref="CurveForecast"/>) and stops it once it is much less likely to undercut
/// the best one than a new trial is. What an epoch is worth shows in the forecast: where early epochs say nothing about the end nobody is stopped there.
/// After Domhan, Springenberg, Hutter: Speeding Up Automatic Hyperparameter Optimization of Deep Neural Networks by Extrapolation of Learning Curves,
/// IJCAI 2015, with lines between trials instead of curves within one.
/// </summary>
internal sealed class ForecastScheduler(EarlyTerminateSpec.Forecast spec, MetricSpec metric) : ITrialScheduler
{
    // The newest so many ended trials are learned from, so that a decision's cost does not grow with the trials.
    private const int MostCurves = 512;

    private readonly Dictionary<int, PartialCurve> _curves = [];
    private readonly Queue<int> _order = [];
    private readonly Dictionary<int, double> _ends = [];
    private readonly HashSet<int> _ended = [];
    private double _best = double.PositiveInfinity;
    private int _whole;
    private CurveForecast? _forecast;

    public SchedulerDecision Decide(SchedulerReport report)
    {
        if (report.Resource < spec.MinResource || _whole < spec.MinTrials) return SchedulerDecision.Continue;
        var curve = _curves.TryGetValue(report.TrialNumber, out var before) ? new PartialCurve(before) : new PartialCurve();
        var reached = curve.Count;
        curve.Add(report.Resource, Turned(report.Metric));
        if (curve.Count == reached || !double.IsFinite(curve.Newest)) return SchedulerDecision.Continue;
        _forecast ??= Forecast();
        // Nobody has come so far before: nothing is known.
        if (curve.Count > _forecast.Milestones) return SchedulerDecision.Continue;
        var (chance, unknown) = (ChanceOf(_forecast.End(curve)), ChanceOf(_forecast.Unknown));
        if (chance >= spec.Share * unknown) return SchedulerDecision.Continue;
        return SchedulerDecision.StopBecause(string.Create(CultureInfo.InvariantCulture,
            $"{metric.Name} {report.Metric:G6} after {report.Resource} epochs has a chance of {chance:P1} to end better than {Turned(_best):G6}; a new trial's is {unknown:P1}."));
    }

    public void Observe(SchedulerReport report)
    {
        if (!_curves.TryGetValue(report.TrialNumber, out var curve)) _curves.Add(report.TrialNumber, curve = new PartialCurve());
        curve.Add(report.Resource, Turned(report.Metric));
    }

    public void Observe(SearchObservation observation)
    {
        if (observation is not SearchObservation.Ended ended) return;
        _forecast = null;
        if (_ended.Add(ended.TrialNumber)) _order.Enqueue(ended.TrialNumber);
        if (ended is { StoppedAt: null, Metric: { } value } && double.IsFinite(value))
        {
            _whole++;
            _best = Math.Min(_best, Turned(value));
            _ends[ended.TrialNumber] = Turned(value);
        }
        if (_order.Count > MostCurves) Forget(_order.Dequeue());
    }

    private void Forget(int trial)
    {
        _curves.Remove(trial);
        _ends.Remove(trial);
        _ended.Remove(trial);
    }

    private CurveForecast Forecast() =>
        new([.. _curves.Where(c => _ended.Contains(c.Key)).Select(c => (c.Value, _ends.TryGetValue(c.Key, out var end) ? end : (double?)null))]);

    /// <summary>How likely a trial is to end better than the best one.</summary>
    private double ChanceOf((double Mean, double Variance) end) =>
        end.Variance > 0 ? StandardNormal.Cumulative((_best - end.Mean) / Math.Sqrt(end.Variance)) : end.Mean < _best ? 1 : 0;

    private double Turned(double value) => metric.Goal == Goal.Maximize ? -value : value;
}
