using System.Text.Json;
using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Specs;
using Orchestrator.Simulation.Benchmarks;
using Orchestrator.Simulation.Benchmarks.Tables;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Simulation.Tests.Benchmarks;

public sealed class TableBenchmarkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_EveryPointTried_ReachesTheOptimum()
    {
        var result = TableBenchmark.Run(ObjectiveTable.Load(BenchmarkFiles.Table(_folder)), SearchMethod.Tpe, trials: 12, seeds: 3);

        Assert.Equal(0, result.Regret["12"]);
        Assert.All(result.PerSeed, run => Assert.Equal([0.0], run));
    }

    [Fact]
    public void Run_MoreTrialsThanPoints_EndsWithTheOptimum()
    {
        var result = TableBenchmark.Run(ObjectiveTable.Load(BenchmarkFiles.Table(_folder)), SearchMethod.Auto, trials: 30, seeds: 2, parallel: 8);

        Assert.Equal(["25", "30"], result.Regret.Keys);
        Assert.Equal(0, result.Regret["30"]);
    }

    [Fact]
    public void Run_SameSeeds_GivesTheSame()
    {
        var table = ObjectiveTable.Load(BenchmarkFiles.Table(_folder));

        Assert.Equal(
            JsonSerializer.Serialize(TableBenchmark.Run(table, SearchMethod.Random, 5, 4)),
            JsonSerializer.Serialize(TableBenchmark.Run(table, SearchMethod.Random, 5, 4)));
    }

    [Fact]
    public void Run_AsJson_HasTheDocumentedKeys()
    {
        var json = JsonSerializer.SerializeToElement(TableBenchmark.Run(ObjectiveTable.Load(BenchmarkFiles.Table(_folder)), SearchMethod.Random, 5, 2));

        Assert.Equal(["table", "algorithm", "trials", "seeds", "regret", "per_seed"], json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("small", json.GetProperty("table").GetString());
        Assert.Equal("random", json.GetProperty("algorithm").GetString());
        Assert.Equal(2, json.GetProperty("per_seed").GetArrayLength());
    }

    [Fact]
    public void Objective_RowIsMissing_SaysWhich()
    {
        var table = ObjectiveTable.Load(BenchmarkFiles.Table(_folder, "1,x,3.0\n"));

        var error = Assert.Throws<OrchestratorException>(() => TableBenchmark.Run(table, SearchMethod.Grid, 2, 1));
        Assert.Contains("no row for a=1, b=y", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,x\n", "a row has 2 cells, not 3")]
    [InlineData("1,x,high\n", "high")]
    public void Load_DamagedRows_SaysWhatIsWrong(string rows, string expected)
    {
        var error = Assert.Throws<OrchestratorException>(() => ObjectiveTable.Load(BenchmarkFiles.Table(_folder, rows)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_EveryAlgorithm_ByItsName()
    {
        foreach (var method in Enum.GetValues<SearchMethod>()) Assert.Equal(method, BenchmarkAlgorithms.Find(BenchmarkAlgorithms.NameOf(method)));
        Assert.Contains("random, grid", Assert.Throws<OrchestratorException>(() => BenchmarkAlgorithms.Find("best")).Message, StringComparison.Ordinal);
    }
}
