using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Algorithms;
using Orchestrator.Search.Models;

namespace Orchestrator.Search.Tests;

/// <summary>Searching where only some of the points can be had.</summary>
public sealed class VoidsTests
{
    private static readonly Axis[] Axes = [new(true, null), new(true, null), new(false, 3)];

    [Theory]
    [InlineData(0.5, 0.5, 1, true)]
    [InlineData(0.6, 0.5, 1, true)]
    [InlineData(0.9, 0.5, 1, false)]
    [InlineData(0.5, 0.5, 2, false)]
    public void Contains_PointNearWhatWasAskedForInVain_IsInTheVoid(double x, double y, double choice, bool expected)
    {
        var voids = new Voids(Axes);
        voids.Add([0.5, 0.5, 1], [0.8, 0.5, 1]);

        Assert.Equal(expected, voids.Contains([x, y, choice]));
    }

    [Theory]
    [InlineData(SearchMethod.Gp)]
    [InlineData(SearchMethod.Tpe)]
    public void Propose_BestCornerHasNoPoints_DoesNotAskForItAgainAndAgain(SearchMethod method)
    {
        // The lower the better, but nothing exists below 0.4: the nearest point there is runs instead.
        var algorithm = SearchAlgorithms.Create(Specs.Of(method, new ParameterSpec("x", new Distribution.Uniform(0, 1)), new ParameterSpec("y", new Distribution.Uniform(0, 1))));
        var inVain = 0;
        for (var trial = 1; trial <= 40; trial++)
        {
            var asked = algorithm.Propose(trial)!;
            var (x, y) = (asked["x"].Number!.Value, asked["y"].Number!.Value);
            // Every point can be had once only, and a small move to the side leads to the next.
            var given = x < 0.4 ? new ParameterSet([new("x", ParameterValue.Of(0.4 + 1e-6 * trial)), new("y", ParameterValue.Of(y))]) : asked;
            if (x < 0.4 && trial > 20) inVain++;
            algorithm.Observe(new SearchObservation.Proposed(trial, given, Asked: given.Equals(asked) ? null : asked));
            algorithm.Observe(new SearchObservation.Ended(trial, given["x"].Number!.Value + 0.1 * given["y"].Number!.Value));
        }

        Assert.InRange(inVain, 0, 12);
    }
}
