using Orchestrator.Search.Models;

namespace Orchestrator.Search.Tests;

/// <summary>Points as numbers for a linear model.</summary>
public sealed class ConfigurationFeaturesTests
{
    [Fact]
    public void Of_OrderedAndUnorderedAxes_GivesCoordinatesAndOneNumberForEachChoice()
    {
        var features = new ConfigurationFeatures([new Axis(true, null), new Axis(false, 3), new Axis(true, 5)]);

        Assert.Equal([0.25, 0, 0, 1, 0.75], features.Of([0.25, 2, 0.75]));
    }

    [Fact]
    public void Of_AbsentCoordinates_AreTheMiddleAndNoChoice()
    {
        var features = new ConfigurationFeatures([new Axis(true, null), new Axis(false, 2)]);

        Assert.Equal([0.5, 0, 0], features.Of([double.NaN, double.NaN]));
    }

    [Fact]
    public void Of_MoreThanAPlaneCanLearn_KeepsWhatFits()
    {
        var features = new ConfigurationFeatures([new Axis(false, 100), .. Enumerable.Repeat(new Axis(true, null), 40)]);

        Assert.Equal(32, features.Of([7, .. Enumerable.Repeat(0.5, 40)]).Length);
    }
}
