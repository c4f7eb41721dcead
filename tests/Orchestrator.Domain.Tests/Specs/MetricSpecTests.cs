using Orchestrator.Domain.Specs;

namespace Orchestrator.Domain.Tests.Specs;

public sealed class MetricSpecTests
{
    [Theory]
    [InlineData(Goal.Minimize, 1, 2, true)]
    [InlineData(Goal.Minimize, 2, 1, false)]
    [InlineData(Goal.Maximize, 2, 1, true)]
    [InlineData(Goal.Maximize, 1, 2, false)]
    [InlineData(Goal.Maximize, 1, 1, false)]
    [InlineData(Goal.Minimize, 1, 1, false)]
    [InlineData(Goal.Minimize, double.NaN, 1, false)]
    [InlineData(Goal.Minimize, 1, double.NaN, true)]
    [InlineData(Goal.Maximize, double.NaN, double.NegativeInfinity, false)]
    [InlineData(Goal.Maximize, double.NegativeInfinity, double.NaN, true)]
    [InlineData(Goal.Maximize, double.NaN, double.NaN, false)]
    public void IsBetter_AnyTwo_IsStrictAndPutsNotANumberLast(Goal goal, double left, double right, bool better) =>
        Assert.Equal(better, new MetricSpec("m", goal).IsBetter(left, right));
}
