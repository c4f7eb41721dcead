using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Algorithms;
using Orchestrator.Search.Models;
using Orchestrator.Search.Models.Pareto;

namespace Orchestrator.Search.Tests;

public sealed class ParetoTests
{
    [Fact]
    public void Sort_SeveralFronts_PutsTheUnbeatenFirstAndTheEndsBeforeTheCrowd()
    {
        var trials = new[] { Trial(1, 3, 3), Trial(2, 1, 4), Trial(3, 4, 1), Trial(4, 2, 2), Trial(5, 2.1, 1.9), Trial(6, 5, 5) };

        var sorted = ParetoRanks.Sort(trials);

        Assert.Equal([0, 0, 0, 0, 1, 2], sorted.Select(s => s.Front));
        Assert.Equal([2, 3], sorted.Take(2).Select(s => s.Trial.Trial).Order());
        Assert.Equal([1, 6], sorted.Skip(4).Select(s => s.Trial.Trial));
    }

    [Fact]
    public void Beats_BrokenConstraintsAndMissingValues_ComeBeforeMetrics()
    {
        var poor = Trial(1, 9, 9);

        Assert.True(ParetoRanks.Beats(poor, Trial(2, 1, 1) with { Broken = 1 }));
        Assert.True(ParetoRanks.Beats(poor, Trial(2, 1, double.PositiveInfinity)));
        Assert.True(ParetoRanks.Beats(poor, Trial(2, 1, 1) with { StoppedAt = 3 }));
        Assert.False(ParetoRanks.Beats(poor, poor));
    }

    [Fact]
    public void Hypervolume_KnownFronts_IsExact()
    {
        Assert.Equal(6, Hypervolume.Of([[1, 3], [2, 2], [3, 1]], [4, 4]), 12);
        Assert.Equal(0, Hypervolume.Of([[5, 1]], [4, 4]));
        Assert.Equal(8, Hypervolume.Of([[1, 1, 1]], [3, 3, 3]), 12);
        Assert.Equal(6 + 8 - 4, Hypervolume.Of([[0, 1, 2], [1, 1, 1]], [3, 3, 3]), 12);
        Assert.Equal(10, Hypervolume.Of([[0, 1, 2], [1, 1, 1], [2, 2, 2]], [3, 3, 3]), 12);
    }

    [Theory]
    [InlineData(SearchMethod.Tpe)]
    [InlineData(SearchMethod.Nsga2)]
    [InlineData(SearchMethod.Auto)]
    public void Propose_TwoMetrics_CoversMoreThanRandom(SearchMethod method)
    {
        double Covered(SearchMethod m) => Enumerable.Range(0, 4).Average(seed => Hypervolume.Of(RunTwo(m, seed, 160), [1.5, 1.5]));

        Assert.True(Covered(method) > Covered(SearchMethod.Random) * 1.05, $"{Covered(method)} against {Covered(SearchMethod.Random)}");
    }

    [Theory]
    [InlineData(SearchMethod.Tpe)]
    [InlineData(SearchMethod.Gp)]
    [InlineData(SearchMethod.Nsga2)]
    public void Propose_ConstraintOverAMetric_IsLearnt(SearchMethod method)
    {
        var spec = Spec(method, 1) with { FurtherMetrics = null, Constraints = ["memory <= 0.6"] };
        var search = SearchAlgorithms.Create(spec);
        var best = 1.0;
        for (var trial = 1; trial <= 120; trial++)
        {
            var point = search.Propose(trial)!;
            // Small x is good, but takes memory.
            var memory = 1 - X(point, 0);
            if (memory <= 0.6) best = Math.Min(best, X(point, 0));
            search.Observe(new SearchObservation.Proposed(trial, point));
            search.Observe(new SearchObservation.Ended(trial, X(point, 0), null, new Dictionary<string, double>(StringComparer.Ordinal) { ["memory"] = memory }));
        }

        Assert.InRange(best, 0.4, 0.42);
    }

    private static IEnumerable<double[]> RunTwo(SearchMethod method, int seed, int trials)
    {
        var search = SearchAlgorithms.Create(Spec(method, seed));
        for (var trial = 1; trial <= trials; trial++)
        {
            var point = search.Propose(trial)!;
            // ZDT1: the front is y = 1 - sqrt(x).
            var far = 1 + 9 * (X(point, 1) + X(point, 2) + X(point, 3)) / 3;
            double[] values = [X(point, 0), far * (1 - Math.Sqrt(X(point, 0) / far))];
            search.Observe(new SearchObservation.Proposed(trial, point));
            search.Observe(new SearchObservation.Ended(trial, values[0], null, new Dictionary<string, double>(StringComparer.Ordinal) { ["first"] = values[0], ["second"] = values[1] }));
            yield return values;
        }
    }

    private static ExperimentSpec Spec(SearchMethod method, int seed) =>
        Specs.Of(method, [.. Enumerable.Range(0, 4).Select(i => new ParameterSpec($"x{i}", new Distribution.Uniform(0, 1)))]) with
        {
            Metric = new MetricSpec("first", Goal.Minimize),
            FurtherMetrics = [new MetricSpec("second", Goal.Minimize)],
            Seed = seed,
        };

    private static double X(ParameterSet point, int i) => point[$"x{i}"].Number!.Value;

    private static Observed Trial(int number, params double[] values) => new(number, [], values, null);
}
