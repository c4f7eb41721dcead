using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Algorithms;
using static Orchestrator.Search.Tests.Specs;

namespace Orchestrator.Search.Tests;

/// <summary>What holds for every search algorithm.</summary>
public sealed class SearchAlgorithmTests
{
    public static TheoryData<SearchMethod> Methods => [.. Enum.GetValues<SearchMethod>()];

    public static TheoryData<SearchMethod> Sampling => [.. Enum.GetValues<SearchMethod>().Where(m => m != SearchMethod.Grid)];

    public static TheoryData<SearchMethod> Learning => [SearchMethod.Tpe, SearchMethod.Gp, SearchMethod.Auto, SearchMethod.Evolution, SearchMethod.CmaEs, SearchMethod.Nsga2];

    [Theory]
    [MemberData(nameof(Sampling))]
    public void Propose_AnySpace_GivesOnlyValidPoints(SearchMethod method) =>
        Prop.ForAll(AnySpace().ToArbitrary(), space => Run(Of(method, space), 16).TrueForAll(point => IsInSpace(space, point)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithReplay(7, 1));

    [Theory]
    [MemberData(nameof(Sampling))]
    public void Propose_ManyTrials_GivesOnlyValidPoints(SearchMethod method) =>
        Assert.All(Run(Of(method, Mixed), 60), point => Assert.True(IsInSpace(Mixed, point), point.ToString()));

    [Theory]
    [MemberData(nameof(Methods))]
    public void Propose_SameSeed_GivesTheSameProposals(SearchMethod method) => Assert.Equal(Run(Of(method, Small), 24), Run(Of(method, Small), 24));

    [Theory]
    [MemberData(nameof(Sampling))]
    public void Propose_OtherSeed_GivesOtherProposals(SearchMethod method) =>
        Assert.NotEqual(Run(Of(method, Mixed), 12), Run(Of(method, Mixed) with { Seed = 43 }, 12));

    [Theory]
    [MemberData(nameof(Methods))]
    public void Propose_AfterReplay_GivesWhatTheLiveOneGives(SearchMethod method)
    {
        var spec = Of(method, Small);
        var observations = new List<SearchObservation>();
        var proposals = Run(spec, 20, observations);

        // The live algorithm was asked before each trial; the replayed one only once, at the end.
        var replayed = SearchAlgorithms.Create(spec);
        foreach (var observation in observations.Take(38)) replayed.Observe(observation);

        Assert.Equal(proposals[19], replayed.Propose(20));
    }

    [Theory]
    [MemberData(nameof(Sampling))]
    public void Propose_ReplayedInTwoParts_GivesWhatTheLiveOneGives(SearchMethod method)
    {
        var spec = Of(method, Mixed);
        var live = SearchAlgorithms.Create(spec);
        var observed = new List<SearchObservation>();
        for (var trial = 1; trial <= 24; trial++)
        {
            var point = live.Propose(trial)!;
            Note(new SearchObservation.Proposed(trial, point));
            for (var epoch = 1; epoch <= 1 + trial % 3; epoch++) Note(new SearchObservation.Reported(trial, epoch, Loss(point) + 1.0 / epoch));
            if (trial % 4 == 0) Note(new SearchObservation.Paused(trial, Loss(point) + 1, 1));
            if (trial % 8 == 0) Note(new SearchObservation.Resumed(trial));
            // The one before ends after this one has begun.
            if (trial > 1 && trial % 4 != 1) Note(new SearchObservation.Ended(trial - 1, Loss(point), trial % 3 == 0 ? 2 : null));
        }

        foreach (var cut in new[] { 1, observed.Count / 3, observed.Count - 2 })
        {
            var replayed = SearchAlgorithms.Create(spec);
            foreach (var observation in observed.Take(cut)) replayed.Observe(observation);
            // What it is asked on the way must leave no trace.
            replayed.Propose(99);
            foreach (var observation in observed.Skip(cut)) replayed.Observe(observation);
            Assert.Equal(live.Propose(25), replayed.Propose(25));
        }

        void Note(SearchObservation observation)
        {
            observed.Add(observation);
            live.Observe(observation);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Propose_AskedAgain_ChangesNothing(SearchMethod method)
    {
        var search = SearchAlgorithms.Create(Of(method, Small));

        Assert.Equal(search.Propose(1), search.Propose(1));
        Assert.Equal(SearchAlgorithms.Create(Of(method, Small)).Propose(1), search.Propose(1));
    }

    [Theory]
    [MemberData(nameof(Learning))]
    public void Propose_FiniteSpace_TriesEachPointOnceAndEnds(SearchMethod method)
    {
        var proposals = Run(Of(method, Small), 100);

        Assert.Equal(24, proposals.Count);
        Assert.Equal(24, proposals.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Learning))]
    public void Propose_ManyRunningTrials_KeepsApart(SearchMethod method)
    {
        var search = SearchAlgorithms.Create(Of(method, Mixed));
        foreach (var (parameters, i) in Run(Of(SearchMethod.Random, Mixed), 30).Select((p, i) => (p, i)))
        {
            search.Observe(new SearchObservation.Proposed(i + 1, parameters));
            search.Observe(new SearchObservation.Ended(i + 1, Loss(parameters)));
        }
        var proposals = new HashSet<ParameterSet>();
        for (var trial = 31; trial <= 46; trial++)
        {
            var parameters = search.Propose(trial)!;
            proposals.Add(parameters);
            search.Observe(new SearchObservation.Proposed(trial, parameters));
        }

        Assert.Equal(16, proposals.Count);
    }

    [Theory]
    [MemberData(nameof(Learning))]
    public void Propose_FailedAndDivergedTrials_AreNotFollowed(SearchMethod method)
    {
        var search = SearchAlgorithms.Create(Of(method, Mixed));
        for (var trial = 1; trial <= 40; trial++)
        {
            var parameters = search.Propose(trial)!;
            search.Observe(new SearchObservation.Proposed(trial, parameters));
            search.Observe(new SearchObservation.Ended(trial, trial % 3 == 0 ? null : trial % 3 == 1 ? double.NaN : Loss(parameters)));
            Assert.True(IsInSpace(Mixed, parameters));
        }
    }

    [Theory]
    [MemberData(nameof(Learning))]
    public void Propose_PausedTrialsThatGoOn_CountOnce(SearchMethod method)
    {
        var search = SearchAlgorithms.Create(Of(method, Mixed));
        var direct = SearchAlgorithms.Create(Of(method, Mixed));
        for (var trial = 1; trial <= 3; trial++)
        {
            var point = search.Propose(trial)!;
            foreach (var each in new[] { search, direct }) each.Observe(new SearchObservation.Proposed(trial, point));
            search.Observe(new SearchObservation.Paused(trial, 9, 1));
            if (trial < 3) search.Observe(new SearchObservation.Resumed(trial));
        }
        for (var trial = 1; trial <= 3; trial++)
            foreach (var each in new[] { search, direct }) each.Observe(new SearchObservation.Ended(trial, trial));

        Assert.Equal(direct.Propose(4), search.Propose(4));
    }

    [Theory]
    [InlineData(SearchMethod.Tpe)]
    [InlineData(SearchMethod.Gp)]
    [InlineData(SearchMethod.Auto)]
    [InlineData(SearchMethod.CmaEs)]
    public void Propose_AfterLearning_BeatsRandom(SearchMethod method)
    {
        double Best(SearchMethod m) => Enumerable.Range(0, 5).Average(seed => Run(Of(m, Mixed) with { Seed = seed }, 50).Min(Loss));

        Assert.True(Best(method) < Best(SearchMethod.Random));
    }

    [Fact]
    public void Propose_Grid_EnumeratesEachCombinationOnceInOrder()
    {
        var proposals = Run(Of(SearchMethod.Grid, Small), 1000);

        Assert.Equal(24, proposals.Count);
        Assert.Equal(24, proposals.Distinct().Count());
        Assert.Equal(["a=1, b=x, c=0", "a=1, b=x, c=1", "a=1, b=y, c=0"], proposals.Take(3).Select(p => p.ToString()));
    }

    [Fact]
    public void Propose_AnyGrid_EnumeratesEachCombinationOnce()
    {
        var finite = Gen.OneOf(
            from count in Gen.Choose(1, 4) select (Distribution)Choices([.. Enumerable.Range(0, count).Select(i => $"v{i}")]),
            from low in Gen.Choose(-9, 9) from span in Gen.Choose(1, 3) select (Distribution)new Distribution.IntUniform(low, low + span),
            from steps in Gen.Choose(1, 4) select (Distribution)new Distribution.Uniform(0, steps * 0.1, 0.1));
        var spaces = Gen.Choose(1, 4).SelectMany(count => finite.ArrayOf(count)).Select(ds => ds.Select((d, i) => new ParameterSpec($"p{i}", d)).ToArray());

        Prop.ForAll(spaces.ToArbitrary(), space =>
        {
            var expected = space.Aggregate(1, (product, p) => product * p.Distribution switch
            {
                Distribution.Categorical d => d.Values.Count,
                Distribution.IntUniform d => (int)(d.Max - d.Min + 1),
                Distribution.Uniform d => (int)Math.Round(d.Max / 0.1) + 1,
                _ => 0,
            });
            var proposals = Run(Of(SearchMethod.Grid, space), 1000);
            return proposals.Count == expected && proposals.Distinct().Count() == expected && proposals.TrueForAll(p => IsInSpace(space, p));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(3, 5));
    }

    [Fact]
    public void Create_GridOverAContinuousRange_SaysWhichParameter()
    {
        var error = Assert.Throws<OrchestratorException>(() => SearchAlgorithms.Create(Of(SearchMethod.Grid, Mixed)));

        Assert.Equal("search.grid_continuous", error.Code);
        Assert.Contains("rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Propose_Halton_FillsEachTenthOfAnAxisAlike()
    {
        var proposals = Run(Of(SearchMethod.Halton, new ParameterSpec("x", new Distribution.Uniform(0, 1)), new ParameterSpec("y", new Distribution.Uniform(0, 1))), 200);

        foreach (var name in new[] { "x", "y" })
            Assert.All(proposals.GroupBy(p => (int)(p[name].Number!.Value * 10)), tenth => Assert.InRange(tenth.Count(), 18, 22));
    }

    [Fact]
    public void Propose_Random_FollowsTheProbabilities()
    {
        var space = new ParameterSpec("x", new Distribution.Categorical([ParameterValue.Of("often"), ParameterValue.Of("never"), ParameterValue.Of("seldom")], [0.9, 0, 0.1]));
        var counts = Run(Of(SearchMethod.Random, space), 2000).CountBy(p => p["x"].ToString()!).ToDictionary();

        Assert.DoesNotContain("never", counts.Keys);
        Assert.InRange(counts["seldom"], 150, 250);
    }

    private static bool IsInSpace(ParameterSpec[] space, ParameterSet point) =>
        point.Count == space.Length && space.All(p => IsValid(p.Distribution, point[p.Name]));
}
