using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Search;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms;

/// <summary>
/// The common part of algorithms that learn: an evenly spread start, the history, no point twice in a finite space, none that breaks a constraint,
/// and the last proposal kept, since it is asked for again until something happens.
/// </summary>
internal abstract class ModelSearch(ModelSpace space, Objectives objectives, long seed) : ISearchAlgorithm
{
    private const int DrawsForANewPoint = 64;
    private const long LargestListedSpace = 100_000;

    private (int Version, int Trial, ParameterSet? Parameters)? _last;

    protected ModelSpace Space { get; } = space;

    protected History History { get; } = new(space, objectives);

    public ParameterSet? Propose(int trialNumber)
    {
        if (_last is { } last && last.Version == History.Version && last.Trial == trialNumber) return last.Parameters;
        var random = SplitMix64.ForStream(seed, trialNumber);
        var parameters = IsExhausted ? null : New(Choose(trialNumber, ref random), ref random);
        _last = (History.Version, trialNumber, parameters);
        return parameters;
    }

    public void Observe(SearchObservation observation)
    {
        if (History.Observe(observation) is { } ended) OnEnded(ended);
    }

    /// <summary>A trial ended.</summary>
    protected virtual void OnEnded(Observed trial)
    {
    }

    /// <summary>The point of the next trial. It may be one that was tried, or break a constraint.</summary>
    protected abstract double[] Choose(int trialNumber, ref SplitMix64 random);

    /// <summary>A point to begin with, before there is anything to learn from.</summary>
    protected double[] First(ref SplitMix64 random) => Space.Spread(History.Known, seed, ref random);

    /// <summary>Whether a point is new, keeps the constraints and can be had.</summary>
    protected bool IsNew(ReadOnlySpan<double> point) => IsNew(Space.Decode(point)) && !History.IsVoid(point);

    private bool IsExhausted => Space.Size is { } size && History.Tried >= size;

    private bool IsNew(ParameterSet parameters) => !History.WasTried(parameters) && Space.IsAllowed(parameters);

    private ParameterSet? New(double[] point, ref SplitMix64 random)
    {
        var parameters = Space.Decode(point);
        for (var draw = 0; draw < DrawsForANewPoint && !IsNew(parameters); draw++) parameters = Space.Decode(Space.Sample(ref random));
        if (IsNew(parameters)) return parameters;
        return Space.Size <= LargestListedSpace ? FirstNew() : Space.SampleAllowed(ref random);
    }

    /// <summary>The first point of the listed space that is new; there is one, since the space is not exhausted.</summary>
    private ParameterSet? FirstNew()
    {
        var points = Space.List();
        while (points.Next() is { } point)
            if (!History.WasTried(point)) return point;
        return null;
    }
}
