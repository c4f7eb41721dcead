using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Algorithms.Cma;
using Orchestrator.Search.Algorithms.Gp;
using Orchestrator.Search.Algorithms.Sobol;
using Orchestrator.Search.Algorithms.Tpe;
using Orchestrator.Search.Fidelity;
using Orchestrator.Search.Models;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Algorithms;

/// <summary>Makes the search algorithm that a spec asks for.</summary>
public static class SearchAlgorithms
{
    /// <summary>A new search algorithm in its first state; an experiment's observations, replayed, bring it to where it was.</summary>
    /// <exception cref="OrchestratorException">The method can't search this space.</exception>
    public static ISearchAlgorithm Create(ExperimentSpec spec)
    {
        var space = new SearchSpace(spec.Parameters, spec.Constraints);
        var given = Complete(space, spec);
        var algorithm = Of(spec, space, given);
        Tell(algorithm, spec.EarlierTrials ?? []);
        return given.Count == 0 ? algorithm : new GivenPoints(given, algorithm, countsAnew: spec.Method == SearchMethod.Grid);
    }

    private static ISearchAlgorithm Of(ExperimentSpec spec, SearchSpace space, IReadOnlyList<ParameterSet> given) => spec.Method switch
    {
        SearchMethod.Random => new RandomSearch(space, spec.Seed),
        SearchMethod.Grid => new GridSearch(space, given),
        SearchMethod.Halton => new HaltonSearch(space, spec.Seed),
        SearchMethod.Sobol => new SobolSearch(space, spec.Seed),
        SearchMethod.Tpe => new TpeSearch(new ModelSpace(space), new Objectives(spec), spec.Seed),
        SearchMethod.Auto => new AutoSearch(new ModelSpace(space), new Objectives(spec), spec.Seed),
        SearchMethod.Gp => new GpSearch(new ModelSpace(space), new Objectives(spec), spec.Seed),
        SearchMethod.Evolution => new EvolutionSearch(new ModelSpace(space), new Objectives(spec), spec.Seed),
        SearchMethod.CmaEs => new CmaSearch(new ModelSpace(space), new Objectives(spec), spec.Seed),
        SearchMethod.Nsga2 => new NsgaSearch(new ModelSpace(space), new Objectives(spec), spec.Seed),
        SearchMethod.Bohb => CreateBohb(spec, space),
        _ => throw new OrchestratorException("search.unknown_method", $"There is no search method '{spec.Method}'."),
    };

    private static BohbSearch CreateBohb(ExperimentSpec spec, SearchSpace space)
    {
        var minimized = new Objectives(spec with { Metric = spec.Metric with { Goal = Goal.Minimize } });
        var enough = new ModelSpace(space).Axes.Length + 2;
        return new BohbSearch(() => new TpeSearch(new ModelSpace(space), minimized, spec.Seed), new RandomSearch(space, spec.Seed), spec.Metric.Goal, enough, spec.Seed);
    }

    /// <summary>The given points with what they leave out drawn; those that can't keep the constraints are left out.</summary>
    private static List<ParameterSet> Complete(SearchSpace space, ExperimentSpec spec)
    {
        var points = new List<ParameterSet>();
        foreach (var given in spec.PointsToEvaluate ?? [])
        {
            var random = SplitMix64.ForStream(spec.Seed, -1_000_000 - points.Count);
            if (space.Complete(given, ref random) is { } point) points.Add(point);
        }
        return points;
    }

    /// <summary>Trials of earlier experiments are numbered from 0 downwards.</summary>
    private static void Tell(ISearchAlgorithm algorithm, IReadOnlyList<EarlierTrial> trials)
    {
        for (var i = 0; i < trials.Count; i++)
        {
            algorithm.Observe(new SearchObservation.Proposed(-i, trials[i].Parameters));
            algorithm.Observe(new SearchObservation.Ended(-i, trials[i].Metric, trials[i].StoppedAt, trials[i].Metrics));
        }
    }
}
