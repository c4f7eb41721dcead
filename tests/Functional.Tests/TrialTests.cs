using System.Text.Json.Nodes;
using Orchestrator.Functional.Tests.Support;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Functional.Tests;

/// <summary>Single trials in the hands of people, with real processes.</summary>
public sealed class TrialTests : IDisposable
{
    private const int Epochs = 40; // long enough that every command finds its trial running

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Trial_PausedForkedResumedAndExtended_LosesNothingAndEndsAsAsked()
    {
        var file = Sweeps.Write(_folder, trials: 1, epochs: Epochs);
        await using var orch = OrchProcess.Start("run", file, "--state", _folder.At("state"), "--json");
        await orch.EpochAsync(1, 2);

        var paused = (await AskAsync("pause", "1")).Json["trial"]!;
        Assert.Equal("paused", (string?)paused["status"]);
        var forked = (int)paused["epoch"]! + 20; // so that it still has the slot when the other one asks for it
        await orch.EventAsync(e => (string?)e["event"] == "trial" && (string?)e["status"] == "paused");
        var fork = (await AskAsync("fork", "1", "--set", "learning_rate=0.001", "--set", $"epochs={forked}")).Json["trial"]!;
        Assert.Equal((2, 1, 0.001), ((int)fork["number"]!, (int)fork["parent"]!, (double)fork["parameters"]!["learning_rate"]!));
        Assert.NotEqual("running", (string?)(await AskAsync("resume", "1")).Json["trial"]!["status"]);
        var result = (await orch.EndAsync()).Expect(0);

        Assert.Equal([(1, "completed", Epochs), (2, "completed", forked)], result.Trials.Select(Ended));
        Assert.Equal(2, (int)result.Trials[0]["attempt"]!);
        Assert.All(result.Events.Where(e => (string?)e["event"] == "progress" && (int)e["number"]! == 2), e => Assert.True((int)e["epoch"]! >= 1, e.ToJsonString()));
        await AssertNothingLostAsync(result.Events);

        Assert.Equal(Epochs + 1, (int)(await AskAsync("extend", "1", "--epochs", $"{Epochs + 1}")).Json["trial"]!["epochs"]!);
        var extended = (await OrchProcess.RunAsync("resume", "--state", _folder.At("state"), "--json")).Expect(0);
        Assert.Equal([(1, "completed", Epochs + 1), (2, "completed", forked)], extended.Trials.Select(Ended));
        foreach (var host in orch.Hosts) await Signals.GoneAsync(host);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Some epochs after it was resumed the trial has the metrics of one that was trained as far without a pause.</summary>
    private async Task AssertNothingLostAsync(IReadOnlyList<JsonNode> events)
    {
        var resumed = events.Where(e => (string?)e["event"] == "trial" && (int)e["number"]! == 1 && (int)e["attempt"]! == 2).ToList();
        var later = resumed.Last(e => (int)e["epoch"]! <= (int)resumed[0]["epoch"]! + 5);
        Assert.True((int)later["epoch"]! > (int)resumed[0]["epoch"]!);
        var file = Sweeps.Write(_folder, trials: 1, epochs: (int)later["epoch"]!);

        var whole = (await OrchProcess.RunAsync("run", file, "--state", _folder.At("whole"), "--json")).Expect(0);

        Assert.Equal(Measured(whole.Trials[0]), Measured(later));
    }

    private async Task<OrchResult> AskAsync(params string[] arguments) => (await OrchProcess.RunAsync(["trial", .. arguments, "--state", _folder.At("state"), "--json"])).Expect(0);

    private static (int, string?, int) Ended(JsonNode trial) => ((int)trial["number"]!, (string?)trial["status"], (int)trial["epoch"]!);

    private static string Measured(JsonNode trial)
    {
        var metrics = trial["metrics"]!.DeepClone().AsObject();
        metrics.Remove("samples_per_second");
        return metrics.ToJsonString();
    }
}
