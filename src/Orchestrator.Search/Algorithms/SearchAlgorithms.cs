using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Algorithms.Gp;
using Orchestrator.Search.Algorithms.Tpe;
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
        return spec.Method switch
        {
            SearchMethod.Random => new RandomSearch(space, spec.Seed),
            SearchMethod.Grid => new GridSearch(space),
            SearchMethod.Halton => new HaltonSearch(space, spec.Seed),
            SearchMethod.Tpe => new TpeSearch(new ModelSpace(space), new Objectives(spec), spec.Seed),
            SearchMethod.Auto => new AutoSearch(new ModelSpace(space), new Objectives(spec), spec.Seed),
            SearchMethod.Gp => new GpSearch(new ModelSpace(space), new Objectives(spec), spec.Seed),
            SearchMethod.Evolution => new EvolutionSearch(new ModelSpace(space), new Objectives(spec), spec.Seed),
            _ => throw new OrchestratorException("search.unknown_method", $"There is no search method '{spec.Method}'."),
        };
    }
}
