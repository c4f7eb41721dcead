using System.Text.Json.Nodes;
using System.Xml.Linq;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Tests.Fakes;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Tests.Commands;

public sealed class CurvesCommandTests : IAsyncLifetime, IDisposable
{
    private readonly TestCli _cli = new();
    private FakeCoordinator _coordinator = null!;

    public async Task InitializeAsync()
    {
        _coordinator = await FakeCoordinator.StartAsync();
        _coordinator.Experiments.Put(FakeExperiments.Running("mnist-1", DateTimeOffset.UnixEpoch));
        _coordinator.Experiments.Curves.Add(new Curve { Metric = "loss", Steps = { 10, 20, 30 }, Values = { 4, double.NaN, 0.5 }, Attempts = { 1, 1, 2 } });
        _coordinator.Experiments.Curves.Add(new Curve { Metric = "validation_elbo, mean", Steps = { 30 }, Values = { -100.25 }, Attempts = { 2 } });
    }

    public async Task DisposeAsync() => await _coordinator.DisposeAsync();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Curves_ForPeople_IsARowAMetric()
    {
        Assert.Equal(ExitCode.Done, await Run("3"));

        Assert.Equal("curves of mnist-1/3", Assert.Single(_coordinator.Experiments.Calls));
        Assert.Contains(_cli.Output.Split('\n'), line => line.Contains("loss", StringComparison.Ordinal) && line.Contains("0.5", StringComparison.Ordinal) && line.Contains("█!▁", StringComparison.Ordinal));
        Assert.Contains("-100.25", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curves_Metric_IsCsvOfItsPoints()
    {
        Assert.Equal(ExitCode.Done, await Run("3", "mnist-1", "--metric", "loss", "--metric", "validation_elbo, mean"));

        Assert.Equal("metric,step,value,attempt\nloss,10,4,1\nloss,20,NaN,1\nloss,30,0.5,2\n\"validation_elbo, mean\",30,-100.25,2\n", _cli.Output);
    }

    [Fact]
    public async Task Curves_Json_IsAnObjectAMetric()
    {
        Assert.Equal(ExitCode.Done, await Run("3", "--json", "--metric", "loss"));

        var curve = JsonNode.Parse(_cli.Output)!;
        Assert.Equal("loss", (string?)curve["metric"]);
        Assert.Equal((30L, 0.5, 2), ((long)curve["points"]![2]!["step"]!, (double)curve["points"]![2]!["value"]!, (int)curve["points"]![2]!["attempt"]!));
    }

    [Theory]
    [InlineData(2, "3")]
    [InlineData(1, "3", "--metric", "loss")]
    public async Task Curves_Svg_DrawsThoseThatWereAskedFor(int drawn, params string[] arguments)
    {
        var file = _cli.Folder.At("curves.svg");

        Assert.Equal(ExitCode.Done, await Run([.. arguments, "--svg", file]));

        Assert.Equal(drawn, XDocument.Load(file).Root!.Elements().Count(e => e.Name.LocalName == "g"));
        Assert.Empty(_cli.Output);
        Assert.StartsWith($"{file}: {drawn} curve", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curves_SvgThatCantBeWritten_IsOneLineAndExitCodeThree()
    {
        Assert.Equal(ExitCode.Environment, await Run("3", "--svg", _cli.Folder.At("nowhere/curves.svg")));

        Assert.StartsWith("error: files: ", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curves_MetricThatWasNotMeasured_NamesThoseThatWere()
    {
        Assert.Equal(ExitCode.Usage, await Run("3", "--metric", "los"));

        Assert.Contains("trial 3 of mnist-1 has not measured 'los'", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("it has: loss, validation_elbo, mean", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curves_NothingMeasured_SaysSo()
    {
        _coordinator.Experiments.Curves.Clear();

        Assert.Equal(ExitCode.Done, await Run("3"));

        Assert.Equal("Nothing is measured yet.\n", _cli.Output);
    }

    [Theory]
    [InlineData(new double[0], "")]
    [InlineData(new[] { 3.0, 3.0 }, "▁▁")]
    [InlineData(new[] { 0.0, 1.0, 0.5 }, "▁█▅")]
    [InlineData(new[] { double.PositiveInfinity, double.NaN }, "!!")]
    public void Sparkline_Values_AreDrawnFromLowestToHighest(double[] values, string expected) => Assert.Equal(expected, Sparkline.Of(values));

    [Fact]
    public void Sparkline_ManyValues_IsNoWiderThanAsked() => Assert.Equal("▁▃▆█", Sparkline.Of([.. Enumerable.Range(0, 1000).Select(i => (double)i)], width: 4));

    private Task<int> Run(params string[] arguments) => _cli.RunAsync(["curves", .. arguments, "--coordinator", _coordinator.Address]);
}
