using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Fidelity;
using Orchestrator.TestKit.Search;

namespace Orchestrator.Search.Tests;

public sealed class BohbSearchTests
{
    private readonly List<ScriptedSearch> _models = [];

    [Fact]
    public void Observe_EnoughAtALaterEpoch_LearnsFromThatEpochAlone()
    {
        var search = Create(Goal.Maximize, enough: 2);
        for (var trial = 1; trial <= 3; trial++) search.Observe(new SearchObservation.Proposed(trial, Point(trial)));
        Report(search, 1, 1, 5);
        Report(search, 2, 1, 7);
        Assert.Equal([new SearchObservation.Ended(1, -5), new SearchObservation.Ended(2, -7)], Ended());

        Report(search, 1, 2, 8);
        Report(search, 3, 1, 1);
        search.Observe(new SearchObservation.Ended(3, 1, 1));
        Report(search, 2, 2, 6);

        // The third never came there: it counts as worse than the others.
        Assert.Equal([new SearchObservation.Ended(1, -8), new SearchObservation.Ended(2, -7), new SearchObservation.Ended(3, null)], Ended());
    }

    [Fact]
    public void Propose_AThirdOfTheTrials_IsDrawnAtRandom()
    {
        var search = Create(Goal.Minimize, enough: 2);

        Assert.InRange(Enumerable.Range(1, 300).Count(trial => search.Propose(trial)!["x"] is ParameterValue.Text), 70, 130);
    }

    private IEnumerable<SearchObservation> Ended() => _models[^1].Observations.OfType<SearchObservation.Ended>();

    private BohbSearch Create(Goal goal, int enough) => new(
        () =>
        {
            _models.Add(new ScriptedSearch());
            return _models[^1];
        },
        new Marked(), goal, enough, 7);

    private static void Report(BohbSearch search, int trial, int epoch, double metric) => search.Observe(new SearchObservation.Reported(trial, epoch, metric));

    private static ParameterSet Point(long x) => new([new("x", ParameterValue.Of(x))]);

    private sealed class Marked : ISearchAlgorithm
    {
        public ParameterSet? Propose(int trialNumber) => new([new("x", ParameterValue.Of("random"))]);

        public void Observe(SearchObservation observation)
        {
        }
    }
}
