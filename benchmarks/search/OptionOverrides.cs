using System.Globalization;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Algorithms;
using Orchestrator.Search.Algorithms.Gp;
using Orchestrator.Search.Algorithms.Tpe;
using Orchestrator.Search.Models;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Benchmarks;

/// <summary>Makes an algorithm with other constants, to compare them: <c>Width=0.3,GoodShare=0.2</c>.</summary>
internal static class OptionOverrides
{
    public static ISearchAlgorithm Create(ExperimentSpec spec, string? overrides)
    {
        if (overrides is null) return SearchAlgorithms.Create(spec);
        var space = new ModelSpace(new SearchSpace(spec.Parameters, spec.Constraints));
        return spec.Method switch
        {
            SearchMethod.Tpe => new TpeSearch(space, new Objectives(spec), spec.Seed, Apply(new TpeOptions(), overrides)),
            SearchMethod.Gp => new GpSearch(space, new Objectives(spec), spec.Seed, Apply(new GpOptions(), overrides)),
            _ => throw Arguments.Fault("--with changes constants of tpe and gp."),
        };
    }

    private static T Apply<T>(T options, string overrides) where T : class
    {
        foreach (var pair in overrides.Split(','))
        {
            var parts = pair.Split('=');
            var property = parts.Length == 2 ? typeof(T).GetProperty(parts[0]) : null;
            if (property is null) throw Arguments.Fault($"'{pair}' is not Constant=value; there are: {string.Join(", ", typeof(T).GetProperties().Select(p => p.Name))}.");
            property.SetValue(options, Convert.ChangeType(parts[1], property.PropertyType, CultureInfo.InvariantCulture));
        }
        return options;
    }
}
