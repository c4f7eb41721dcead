using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Algorithms;
using static Orchestrator.Search.Tests.Specs;

namespace Orchestrator.Search.Tests;

/// <summary>Conditional, derived and constrained parameters, given points and earlier trials, with every algorithm.</summary>
public sealed class ConditionalSpaceTests
{
    private static readonly ParameterSpec[] Nested =
    [
        new("optimizer", Choices("adam", "sgd")),
        new("momentum", new Distribution.Uniform(0, 0.9, 0.1), [new ParameterCondition("optimizer", [ParameterValue.Of("sgd")])]),
        new("nesterov", Steps(0, 1), [new ParameterCondition("momentum", [ParameterValue.Of(0.5), ParameterValue.Of(0.9)])]),
        new("layers", new Distribution.IntUniform(1, 3)),
        new("units", new Distribution.Derived("layers * 10")),
    ];

    public static TheoryData<SearchMethod> Sampling => SearchAlgorithmTests.Sampling;

    [Theory]
    [MemberData(nameof(Sampling))]
    public void Propose_AnyConditionalSpace_GivesOnlyValidPoints(SearchMethod method) =>
        Prop.ForAll(AnyConditionalSpec(method).ToArbitrary(), spec => Run(spec, 20).TrueForAll(point => IsValid(spec, point)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(30).WithReplay(17, 3));

    [Theory]
    [MemberData(nameof(Sampling))]
    public void Propose_ReportsInAnyOrder_GivesAValidSearchThatReplays(SearchMethod method)
    {
        var seeds = Gen.Choose(0, 1_000_000);
        var specs = AnyConditionalSpec(method);
        Prop.ForAll((from spec in specs from seed in seeds select (spec, seed)).ToArbitrary(), c => IsValidInAnyOrder(c.spec, c.seed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(15).WithReplay(23, 9));
    }

    [Theory]
    [InlineData(SearchMethod.Tpe)]
    [InlineData(SearchMethod.Gp)]
    [InlineData(SearchMethod.Evolution)]
    [InlineData(SearchMethod.Grid)]
    [InlineData(SearchMethod.CmaEs)]
    [InlineData(SearchMethod.Nsga2)]
    public void Propose_FiniteConditionalSpace_TriesEachPointOnceAndEnds(SearchMethod method)
    {
        var proposals = Run(Of(method, Nested), 200);

        // adam, or sgd with ten momenta of which two have a choice more; three layers.
        Assert.Equal((1 + 8 + 2 * 2) * 3, proposals.Count);
        Assert.Equal(proposals.Count, proposals.Distinct().Count());
        Assert.All(proposals, p => Assert.True(IsValid(Of(method, Nested), p), p.ToString()));
    }

    [Fact]
    public void Propose_DerivedParameter_IsComputed() =>
        Assert.All(Run(Of(SearchMethod.Random, Nested), 20), p => Assert.Equal(10 * p["layers"].Number, p["units"].Number));

    [Fact]
    public void Propose_GridWithForbiddenCombinations_LeavesThemOut()
    {
        var proposals = Run(Of(SearchMethod.Grid, Small) with { Constraints = ["not (a > 2 and b == 'x')", "c == 0 or a == 1"] }, 100);

        Assert.Equal(2 * 3 + 3 + 2 + 2, proposals.Count);
        Assert.DoesNotContain(proposals, p => p["a"].Number > 2 && p["b"].ToString() == "x");
    }

    [Theory]
    [MemberData(nameof(Sampling))]
    public void Propose_NothingIsAllowed_EndsTheSearch(SearchMethod method) => Assert.Empty(Run(Of(method, Small) with { Constraints = ["a > 9"] }, 10));

    [Theory]
    [MemberData(nameof(Sampling))]
    public void Propose_GivenPoints_ComeFirstAndAreCompleted(SearchMethod method)
    {
        var given = new ParameterSet([new("optimizer", ParameterValue.Of("sgd")), new("momentum", ParameterValue.Of(0.5))]);
        var spec = Of(method, Nested) with { PointsToEvaluate = [given, ParameterSet.Empty] };

        var proposals = Run(spec, 6);

        Assert.Equal(("sgd", 0.5), (proposals[0]["optimizer"].ToString(), proposals[0]["momentum"].Number));
        Assert.All(proposals, p => Assert.True(IsValid(spec, p), p.ToString()));
        Assert.Equal(proposals, Run(spec, 6));
    }

    [Fact]
    public void Propose_GridWithGivenPoints_TriesEachPointOnce()
    {
        var given = new ParameterSet([new("a", ParameterValue.Of(4L)), new("b", ParameterValue.Of("z")), new("c", ParameterValue.Of(1L))]);

        var proposals = Run(Of(SearchMethod.Grid, Small) with { PointsToEvaluate = [given] }, 100);

        Assert.Equal(given, proposals[0]);
        Assert.Equal(24, proposals.Count);
        Assert.Equal(24, proposals.Distinct().Count());
    }

    [Theory]
    [InlineData(SearchMethod.Tpe)]
    [InlineData(SearchMethod.Gp)]
    [InlineData(SearchMethod.Auto)]
    public void Propose_AfterEarlierTrials_BeginsWhereTheyWereGood(SearchMethod method)
    {
        var earlier = Run(Of(SearchMethod.Random, Mixed), 60).Select(p => new EarlierTrial(p, Loss(p))).ToList();

        double First(IReadOnlyList<EarlierTrial>? trials) =>
            Enumerable.Range(0, 6).Average(seed => Run(Of(method, Mixed) with { Seed = seed, EarlierTrials = trials }, 5).Average(Loss));

        Assert.True(First(earlier) < First(null));
    }

    [Fact]
    public void Propose_EarlierTrialsOfAnotherSpace_AreTakenAsFarAsTheyFit()
    {
        EarlierTrial[] earlier = [new(new ParameterSet([new("a", ParameterValue.Of(77L)), new("other", ParameterValue.Of("x"))]), 1), new(ParameterSet.Empty, null)];

        var spec = Of(SearchMethod.Tpe, Small) with { EarlierTrials = earlier };
        Assert.Equal(24, Run(spec, 100).Count(p => IsValid(spec, p)));
    }

    private static bool IsValidInAnyOrder(ExperimentSpec spec, int seed)
    {
        var random = SplitMix64.ForStream(seed, 0);
        var search = SearchAlgorithms.Create(spec);
        var observations = new List<SearchObservation>();
        var running = new List<(int Trial, ParameterSet Point)>();
        for (var trial = 1; trial <= 24;)
        {
            if (running.Count < 5 && search.Propose(trial) is { } point && random.NextDouble() < 0.6)
            {
                if (!IsValid(spec, point)) return false;
                running.Add((trial, point));
                Tell(new SearchObservation.Proposed(trial++, point));
                continue;
            }
            if (running.Count == 0)
            {
                if (search.Propose(trial) is null) break;
                continue;
            }
            var (ended, where) = running[(int)random.NextBelow((ulong)running.Count)];
            if (random.NextDouble() < 0.5)
            {
                Tell(new SearchObservation.Reported(ended, 1, Loss(where)));
                continue;
            }
            running.RemoveAll(r => r.Trial == ended);
            Tell(new SearchObservation.Ended(ended, random.NextDouble() < 0.1 ? null : Loss(where), random.NextDouble() < 0.3 ? 3 : null));
        }
        var replayed = SearchAlgorithms.Create(spec);
        foreach (var observation in observations) replayed.Observe(observation);
        return Equals(replayed.Propose(25), search.Propose(25));

        void Tell(SearchObservation observation)
        {
            observations.Add(observation);
            search.Observe(observation);
        }
    }
}
