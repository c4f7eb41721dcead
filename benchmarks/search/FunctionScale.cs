using Orchestrator.Domain.Specs;
using Orchestrator.Search.Algorithms;
using Orchestrator.Search.Benchmarks.Synthetic;

namespace Orchestrator.Search.Benchmarks;

/// <summary>What regret is measured against: the best value of a function and the median of random points.</summary>
/// <param name="Optimum">The best value; of a function that does not know it, the best of many random points.</param>
/// <param name="Median">The median of random points.</param>
internal sealed record FunctionScale(double Optimum, double Median)
{
    private const int Samples = 20_000;

    public double Regret(double value) => Math.Max(0, (value - Optimum) / (Median - Optimum));

    public static FunctionScale Of(SyntheticFunction function)
    {
        var random = SearchAlgorithms.Create(SyntheticBenchmark.Spec(function, SearchMethod.Random, -1));
        var values = new double[Samples];
        for (var i = 0; i < Samples; i++) values[i] = function.Value(random.Propose(i + 1)!);
        Array.Sort(values);
        return new FunctionScale(function.Optimum ?? values[0], values[Samples / 2]);
    }
}
