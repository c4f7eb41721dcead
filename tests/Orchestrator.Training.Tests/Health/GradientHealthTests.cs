using Orchestrator.Domain.Specs;
using Orchestrator.Training.Health;

namespace Orchestrator.Training.Tests.Health;

public sealed class GradientHealthTests
{
    [Fact]
    public void Observe_SteadyLengthsWithSpikes_FindsNothing() =>
        Assert.Empty(Observe(Enumerable.Range(0, 300).Select(i => i % 50 == 49 ? 500 : 1 + (0.5 * Math.Sin(i)))));

    [Fact]
    public void Observe_LengthsThatFallAsTrainingConverges_FindsNothing() => Assert.Empty(Observe(Enumerable.Range(0, 300).Select(i => 10.0 / (1 + i))));

    [Fact]
    public void Observe_LengthsThatStayFarAboveTheirAverage_FindsAnExplosionOnce()
    {
        var (problem, evidence) = Assert.Single(Observe([.. Enumerable.Repeat(2.0, 20), .. Enumerable.Repeat(1e4, 30)]));
        Assert.Equal(HealthProblem.Exploding, problem);
        Assert.Equal("its gradient's norm is 1E+04, for 30 steps more than 100 times its average, 2", evidence);
    }

    [Fact]
    public void Observe_LengthsThatStayNearZero_FindsThatTheyVanished() =>
        Assert.Equal(HealthProblem.Vanishing, Assert.Single(Observe([.. Enumerable.Repeat(2.0, 20), .. Enumerable.Repeat(1e-9, 30)])).Problem);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Observe_WhatIsNoNumber_IsFoundAtOnce(double length) => Assert.Equal(HealthProblem.Nan, new GradientHealth().Observe(length)?.Problem);

    private static List<(HealthProblem Problem, string Evidence)> Observe(IEnumerable<double> lengths)
    {
        var health = new GradientHealth();
        return [.. lengths.Select(health.Observe).Where(found => found is not null).Select(found => found!.Value)];
    }
}
