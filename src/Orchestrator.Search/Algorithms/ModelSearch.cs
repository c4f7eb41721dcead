using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms;

/// <summary>
/// The common part of algorithms that learn: a random start, the history, no point twice in a finite space, and the last proposal kept,
/// since it is asked for again until something happens.
/// </summary>
internal abstract class ModelSearch(ModelSpace space, Goal goal, long seed) : ISearchAlgorithm
{
    private const int DrawsForANewPoint = 64;
    private const long LargestListedSpace = 100_000;

    private (int Version, int Trial, ParameterSet? Parameters)? _last;

    protected ModelSpace Space { get; } = space;

    protected History History { get; } = new(space, goal);

    public ParameterSet? Propose(int trialNumber)
    {
        if (_last is { } last && last.Version == History.Version && last.Trial == trialNumber) return last.Parameters;
        var random = SplitMix64.ForStream(seed, trialNumber);
        var parameters = IsExhausted ? null : New(Choose(trialNumber, ref random), ref random);
        _last = (History.Version, trialNumber, parameters);
        return parameters;
    }

    public virtual void Observe(SearchObservation observation)
    {
        // Reports in mid-run change nothing that a proposal depends on.
        if (observation is not SearchObservation.Reported) History.Observe(observation);
    }

    /// <summary>The point of the next trial. It may be one that was tried.</summary>
    protected abstract double[] Choose(int trialNumber, ref SplitMix64 random);

    /// <summary>Whether a point is new.</summary>
    protected bool IsNew(ReadOnlySpan<double> point) => !History.WasTried(Space.Decode(point));

    private bool IsExhausted => Space.Size is { } size && History.Tried >= size;

    private ParameterSet New(double[] point, ref SplitMix64 random)
    {
        var parameters = Space.Decode(point);
        for (var draw = 0; draw < DrawsForANewPoint && History.WasTried(parameters); draw++) parameters = Space.Decode(Space.Sample(ref random));
        return History.WasTried(parameters) && Space.Size <= LargestListedSpace ? FirstNew() : parameters;
    }

    /// <summary>The first point of the listed space that is new; there is one, since the space is not exhausted.</summary>
    private ParameterSet FirstNew()
    {
        var point = new double[Space.Axes.Length];
        for (var number = 0L; ; number++)
        {
            var rest = number;
            for (var axis = 0; axis < point.Length; axis++)
            {
                (rest, var index) = Math.DivRem(rest, Space.Axes[axis].Count!.Value);
                point[axis] = Space.At(axis, (int)index);
            }
            var parameters = Space.Decode(point);
            if (!History.WasTried(parameters)) return parameters;
        }
    }
}
