using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Spaces;

namespace Orchestrator.Search.Tests;

public sealed class DimensionTests
{
    [Fact]
    public void FromUnit_AnyDistributionAndPlace_GivesAValidValue()
    {
        var cases = from distribution in Specs.AnyDistribution() from place in Gen.Choose(0, 1 << 20) select (distribution, Unit: place / (double)(1 << 20));

        Prop.ForAll(cases.ToArbitrary(), c => Specs.IsValid(c.distribution, Of(c.distribution).FromUnit(c.Unit)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(11, 3));
    }

    [Fact]
    public void ToUnit_OfAnyValue_LeadsBackToIt()
    {
        var cases = from distribution in Specs.AnyDistribution() from place in Gen.Choose(1, (1 << 20) - 1) select (distribution, Unit: place / (double)(1 << 20));

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var dimension = Of(c.distribution);
            var value = dimension.FromUnit(c.Unit);
            var again = dimension.FromUnit(dimension.ToUnit(value));
            return again == value || value is ParameterValue.Real { Value: var real } && Math.Abs(again.Number!.Value - real) <= 1e-9 * Math.Max(1, Math.Abs(real));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(13, 5));
    }

    [Theory]
    [InlineData(0.025, -1.9599639845400545)]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.999999, 4.753424308822899)]
    public void Quantile_OfTheStandardNormal_IsExact(double unit, double expected) => Assert.Equal(expected, StandardNormal.Quantile(unit), 10);

    [Fact]
    public void At_QuantisedRange_ListsTheMultiplesInIt()
    {
        var dimension = Of(new Distribution.Uniform(0.05, 0.5, 0.1));

        Assert.Equal(["0.1", "0.2", "0.3", "0.4", "0.5"], Enumerable.Range(0, (int)dimension.Count!).Select(i => dimension.At(i).ToString()!));
    }

    [Fact]
    public void IsOrdered_OnlyForNumbersThatRiseOrFall()
    {
        Assert.True(Of(Specs.Steps(16, 32, 64)).IsOrdered);
        Assert.True(Of(Specs.Steps(64, 32, 16)).IsOrdered);
        Assert.False(Of(Specs.Steps(16, 64, 32)).IsOrdered);
        Assert.False(Of(Specs.Choices("a", "b", "c")).IsOrdered);
    }

    private static Dimension Of(Distribution distribution) => Dimension.Of(new ParameterSpec("p", distribution));
}
