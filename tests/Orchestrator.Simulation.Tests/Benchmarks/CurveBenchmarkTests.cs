using System.Text.Json;
using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Specs;
using Orchestrator.Simulation.Benchmarks.Curves;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Simulation.Tests.Benchmarks;

public sealed class CurveBenchmarkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_BudgetForEveryCurve_FindsTheBest()
    {
        var result = CurveBenchmark.Run(CurveTable.Load(BenchmarkFiles.Curves(_folder)), SearchMethod.Random, "none", budgetEpochs: 24, workers: 2, seeds: 3);

        Assert.Equal(6, result.Trials);
        Assert.Equal(0, result.Regret);
    }

    [Fact]
    public void Run_BudgetForNoWholeTraining_CountsAsTheMedian()
    {
        var result = CurveBenchmark.Run(CurveTable.Load(BenchmarkFiles.Curves(_folder)), SearchMethod.Random, "none", budgetEpochs: 3, workers: 1, seeds: 2);

        Assert.Equal([1.0, 1.0], result.PerSeed);
    }

    [Fact]
    public void Run_AsJson_HasTheDocumentedKeys()
    {
        var json = JsonSerializer.SerializeToElement(CurveBenchmark.Run(CurveTable.Load(BenchmarkFiles.Curves(_folder)), SearchMethod.Auto, "asha", 12, 2, 2));

        foreach (var key in new[] { "best_final_error", "regret", "per_seed", "trials" }) Assert.True(json.TryGetProperty(key, out _), key);
    }

    [Fact]
    public void Run_UnknownScheduler_NamesThoseThereAre()
    {
        var table = CurveTable.Load(BenchmarkFiles.Curves(_folder));

        Assert.Contains("asha", Assert.Throws<OrchestratorException>(() => CurveBenchmark.Run(table, SearchMethod.Random, "halving", 4, 1, 1)).Message, StringComparison.Ordinal);
    }
}
