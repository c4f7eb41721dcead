using System.Globalization;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Fidelity;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Schedulers;

/// <summary>
/// Freezes and thaws trials by what their curves foretell (<see cref="CurveForecast"/>): at each milestone a trial goes on while its foretold end is
/// among the best <c>share · r / resource</c> of all trials, where r is the first resource at which trials are judged; else it pauses, and goes on once it is. So as many epochs are
/// spent between any two milestones, as with successive halving; but a trial that begins slowly and still falls is kept, and one that was paused wrongly comes back
/// when the curves of others show that.
/// After Swersky, Snoek, Adams: Freeze-Thaw Bayesian Optimization, arXiv 1406.3896, and Domhan, Springenberg, Hutter: Speeding Up Automatic
/// Hyperparameter Optimization of Deep Neural Networks by Extrapolation of Learning Curves, IJCAI 2015.
/// </summary>
/// <param name="spec">How many go on.</param>
/// <param name="metric">What is compared.</param>
/// <param name="space">What the trials are points of.</param>
internal sealed class ForecastScheduler(EarlyTerminateSpec.Forecast spec, MetricSpec metric, ModelSpace space) : ITrialScheduler
{
    // More waiting trials than this are not kept, so that a decision's cost does not grow with the trials.
    private const int MostPaused = 256;

    private readonly CurveStandings _standings = new(Milestones.CountAt(spec.MinResource));
    private readonly ConfigurationFeatures _features = new(space.Axes);
    private readonly Dictionary<int, int> _paused = [];
    private readonly HashSet<int> _active = [];
    private int _slots;

    public SchedulerDecision Decide(SchedulerReport report)
    {
        if (report.Resource < spec.MinResource || _standings.Judged < spec.MinTrials) return SchedulerDecision.Continue;
        if (_standings.PlaceAfter(report.TrialNumber, report.Resource, Turned(report.Metric)) is not { } place || IsGood(place, report.Resource)) return SchedulerDecision.Continue;
        return SchedulerDecision.PauseBecause(string.Create(CultureInfo.InvariantCulture,
            $"{metric.Name} {report.Metric:G6} after {report.Resource} epochs foretells place {place + 1} of {_standings.Judged}."));
    }

    public void Observe(SchedulerReport report) => _standings.Add(report.TrialNumber, report.Resource, Turned(report.Metric));

    public void Observe(SearchObservation observation)
    {
        switch (observation)
        {
            case SearchObservation.Proposed o:
                _standings.Begin(o.TrialNumber, _features.Of(space.Encode(o.Parameters)));
                _active.Add(o.TrialNumber);
                _slots = Math.Max(_slots, _active.Count);
                break;
            case SearchObservation.Paused o:
                _active.Remove(o.TrialNumber);
                _paused[o.TrialNumber] = o.Resource;
                break;
            case SearchObservation.Resumed o:
                _paused.Remove(o.TrialNumber);
                _active.Add(o.TrialNumber);
                _standings.GoOn(o.TrialNumber);
                break;
            case SearchObservation.Ended o:
                _active.Remove(o.TrialNumber);
                _paused.Remove(o.TrialNumber);
                _standings.End(o.TrialNumber, o is { StoppedAt: null, Metric: { } value } && double.IsFinite(value) ? Turned(value) : null);
                break;
        }
    }

    public IReadOnlyList<SchedulerAction> Release(bool idle)
    {
        // Those that would go on before one of the others has stopped would wait, and be placed when others have long been foretold to end better.
        var hasRoom = idle || _active.Count < _slots;
        if (_paused.Count == 0 || !hasRoom && _paused.Count <= MostPaused) return [];
        List<(int Trial, int Resource, int Place)> waiting = [.. _paused.Select(p => (p.Key, p.Value, _standings.PlaceOf(p.Key))).OrderBy(w => w.Item3).ThenBy(w => w.Key)];
        List<SchedulerAction> actions = [.. waiting.Where(w => hasRoom && IsGood(w.Place, w.Resource)).Select(w => new SchedulerAction.Resume(w.Trial, $"Its curve foretells place {w.Place + 1} of {_standings.Judged}."))];
        if (actions.Count > 0) return actions;
        if (waiting.Count > MostPaused) return [.. waiting[MostPaused..].Select(w => new SchedulerAction.Stop(w.Trial, $"{MostPaused} paused trials are foretold to end better."))];
        // Nothing else is left to do: what may still become the best is finished first.
        return idle && _standings.MayWin(waiting[0].Trial) ? [new SchedulerAction.Resume(waiting[0].Trial, "No trial has ended better than it is foretold to.")] : [];
    }

    private bool IsGood(int place, int resource) => place < Math.Max(1, _standings.Judged * spec.Share * spec.MinResource / resource);

    private double Turned(double value) => metric.Goal == Goal.Maximize ? -value : value;
}
