using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Benchmarks.Synthetic;

/// <summary>A function whose values are known without training: what the algorithms are compared on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its space.</param>
/// <param name="Value">Its value at a point; less is better.</param>
/// <param name="Optimum">Its best value where that is known.</param>
public sealed record SyntheticFunction(string Name, IReadOnlyList<ParameterSpec> Parameters, Func<ParameterSet, double> Value, double? Optimum = null);
