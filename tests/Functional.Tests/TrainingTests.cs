using System.Text.Json.Nodes;
using Orchestrator.Functional.Tests.Support;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Functional.Tests;

public sealed class TrainingTests : IDisposable
{
    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("gloo")]
    [InlineData("grpc")]
    public async Task Run_TwoRanks_TrainsEveryTrialDrawsPicturesAndLeavesNoProcess(string collective)
    {
        await using var orch = OrchProcess.Start("run", Sweeps.Write(_folder, ranks: 2, collective: collective), "--state", _folder.At("state"), "--json");

        var result = (await orch.EndAsync()).Expect(0);

        Assert.Equal("completed", (string?)result.Json["status"]);
        Assert.Equal([1, 2], result.Trials.Select(trial => (int)trial["number"]!));
        Assert.All(result.Trials, trial => Assert.Equal(("completed", 2, 1), ((string?)trial["status"], (int)trial["epoch"]!, (int)trial["attempt"]!)));
        Assert.Equal(result.Trials.Max(trial => (double)trial["best_metric"]!), (double)result.Json["best"]!["value"]!);
        Assert.True(Directory.Exists((string?)result.Json["best"]!["checkpoint"]));
        foreach (var name in (string[])["samples", "reconstructions"])
        {
            Assert.Equal(PngSignature, File.ReadAllBytes((string)result.Json["artifacts"]![name]!).AsSpan(0, 8));
        }
        foreach (var host in orch.Hosts) await Signals.GoneAsync(host);
    }

    [Fact]
    public async Task Run_SameSeedTwice_GivesTheSameProposalsAndLosses()
    {
        var file = Sweeps.Write(_folder);

        var first = (await OrchProcess.RunAsync("run", file, "--state", _folder.At("a"), "--json")).Expect(0);
        var second = (await OrchProcess.RunAsync("run", file, "--state", _folder.At("b"), "--json")).Expect(0);

        Assert.Equal(first.Trials.Select(Measured), second.Trials.Select(Measured));
    }

    [Fact]
    public async Task Look_AfterARun_WorksWithoutACoordinator()
    {
        var state = _folder.At("state");
        (await OrchProcess.RunAsync("run", Sweeps.Write(_folder, trials: 1, epochs: 1), "--state", state, "--json")).Expect(0);

        var status = (await OrchProcess.RunAsync("status", "--state", state, "--json")).Expect(0);
        var best = (await OrchProcess.RunAsync("best", "--state", state, "--json")).Expect(0);
        (await OrchProcess.RunAsync("generate", "--out", _folder.At("nine.png"), "--count", "9", "--state", state)).Expect(0);
        (await OrchProcess.RunAsync("resume", "--state", state)).Expect(2);

        Assert.Equal("small-1", (string?)status.Json["experiments"]![0]!["experiment"]);
        Assert.Equal(1, (int)best.Json["best"]!["trial"]!);
        Assert.True(File.Exists(_folder.At("nine.png")));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>All that a seed decides: parameters and every metric but the speed.</summary>
    private static string Measured(JsonNode trial)
    {
        var metrics = trial["metrics"]!.DeepClone().AsObject();
        metrics.Remove("samples_per_second");
        return $"{trial["parameters"]!.ToJsonString()} {metrics.ToJsonString()}";
    }
}
