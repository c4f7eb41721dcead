using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Orchestrator.Cli.Output;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Tests.Output;

public sealed class CurveSvgTests
{
    [Fact]
    public void Of_ACurve_GoesFromItsLowestToItsHighestValueOverItsSteps()
    {
        var points = Points(Curve([10, 20, 40], [1, 5, 3]));

        Assert.Equal(["M", "L", "L"], points.Select(p => p.Verb));
        Assert.Equal(points[0].X + (points[2].X - points[0].X) / 3, points[1].X, 0.1);
        Assert.Equal((points[0].Y + points[1].Y) / 2, points[2].Y, 0.1);
        Assert.True(points[1].Y < points[0].Y); // the higher value stands above
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_AValueThatIsNone_BreaksTheLine(double value) =>
        Assert.Equal(["M", "M", "L"], Points(Curve([1, 2, 3, 4], [1, value, 2, 3])).Select(p => p.Verb));

    [Theory]
    [InlineData(new[] { 7.0 }, 1)]
    [InlineData(new[] { 7.0, 7.0 }, 2)]
    [InlineData(new[] { double.NaN }, 0)]
    [InlineData(new[] { -double.MaxValue, double.MaxValue }, 2)]
    public void Of_AnyValues_StaysInThePicture(double[] values, int points)
    {
        var drawn = Points(Curve([.. Enumerable.Range(5, values.Length).Select(i => (long)i)], values));

        Assert.Equal(points, drawn.Count);
        Assert.All(drawn, p => Assert.True(p.X is >= 0 and <= 760 && p.Y is >= 0 and <= 260, $"{p}"));
    }

    [Fact]
    public void Of_AnyName_IsWellFormed()
    {
        var curve = Curve([1], [1]);
        curve.Metric = "<a & b>\u0001\uFFFF";

        var parsed = XDocument.Parse(CurveSvg.Of("t", [curve]).ToString());

        Assert.Contains("<a & b>??", parsed.Root!.Descendants().Select(e => e.Value));
    }

    private static Curve Curve(long[] steps, double[] values) => new() { Metric = "loss", Steps = { steps }, Values = { values }, Attempts = { steps.Select(_ => 1) } };

    /// <summary>The points of the second path: the first one is the axes.</summary>
    private static List<(string Verb, double X, double Y)> Points(Curve curve)
    {
        var path = CurveSvg.Of("t", [curve]).Descendants().Where(e => e.Name.LocalName == "path").ElementAt(1).Attribute("d")!.Value;
        return [.. Regex.Matches(path, @"([ML])([\d.]+) ([\d.]+)").Select(m => (m.Groups[1].Value, Number(m.Groups[2]), Number(m.Groups[3])))];
    }

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);
}
