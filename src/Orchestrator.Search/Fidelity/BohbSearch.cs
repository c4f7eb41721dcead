using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Fidelity;

/// <summary>
/// The search of BOHB: a model that learns from what trials had measured at one and the same epoch, the latest that enough of them have reached, and a share of
/// random draws. With Hyperband it is BOHB, with asynchronous successive halving its asynchronous form.
/// Falkner, Klein, Hutter: BOHB: Robust and Efficient Hyperparameter Optimization at Scale, ICML 2018 (rho: the share of random draws, N_min: <paramref name="enough"/>).
/// </summary>
/// <param name="create">Makes the model in its first state, for a metric to minimise.</param>
/// <param name="random">Draws at random.</param>
/// <param name="goal">Of the sweep's metric.</param>
/// <param name="enough">How many trials an epoch needs to be learned from.</param>
/// <param name="seed">Chooses which trials are drawn at random.</param>
internal sealed class BohbSearch(Func<ISearchAlgorithm> create, ISearchAlgorithm random, Goal goal, int enough, long seed) : ISearchAlgorithm
{
    private const double RandomShare = 1.0 / 3;
    private const long Stream = 0x626F6862; // apart from the streams of the proposals themselves

    private readonly List<(int Trial, ParameterSet Parameters)> _trials = [];
    private readonly Dictionary<int, PartialCurve> _curves = [];
    private readonly HashSet<int> _over = [];
    private readonly List<int> _reached = [];
    private ISearchAlgorithm _model = create();
    private int _milestone = -1;

    public ParameterSet? Propose(int trialNumber)
    {
        var isRandom = SplitMix64.ForStream(seed ^ Stream, trialNumber).NextDouble() < RandomShare;
        return isRandom ? random.Propose(trialNumber) : _model.Propose(trialNumber);
    }

    public void Observe(SearchObservation observation)
    {
        switch (observation)
        {
            case SearchObservation.Proposed o:
                _trials.Add((o.TrialNumber, o.Parameters));
                _model.Observe(o);
                break;
            case SearchObservation.Reported o:
                Report(o.TrialNumber, o.Resource, goal == Goal.Maximize ? -o.Metric : o.Metric);
                break;
            case SearchObservation.Ended o:
                _over.Add(o.TrialNumber);
                if (!HasReached(o.TrialNumber)) Tell(o.TrialNumber);
                break;
            case SearchObservation.Resumed o:
                _over.Remove(o.TrialNumber);
                break;
        }
    }

    private void Report(int trial, int epoch, double value)
    {
        if (!_curves.TryGetValue(trial, out var curve)) _curves.Add(trial, curve = new PartialCurve());
        var (before, had) = (curve.Count, HasReached(trial));
        curve.Add(epoch, value);
        for (var milestone = before; milestone < curve.Count; milestone++)
        {
            if (milestone == _reached.Count) _reached.Add(0);
            _reached[milestone]++;
        }
        var latest = _reached.FindLastIndex(count => count >= enough);
        if (latest != _milestone) Relearn(latest);
        else if (!had && HasReached(trial)) Tell(trial);
    }

    /// <summary>Enough trials have come to a later epoch: from now on only what they measured there counts.</summary>
    private void Relearn(int milestone)
    {
        _milestone = milestone;
        _model = create();
        foreach (var (trial, parameters) in _trials)
        {
            _model.Observe(new SearchObservation.Proposed(trial, parameters));
            if (HasReached(trial) || _over.Contains(trial)) Tell(trial);
        }
    }

    /// <summary>A trial that ended before the epoch was stopped as poor, or failed: the model takes it for worse than any that came there.</summary>
    private void Tell(int trial) => _model.Observe(new SearchObservation.Ended(trial, HasReached(trial) && double.IsFinite(_curves[trial][_milestone]) ? _curves[trial][_milestone] : null));

    private bool HasReached(int trial) => _milestone >= 0 && _curves.TryGetValue(trial, out var curve) && curve.Count > _milestone;
}
