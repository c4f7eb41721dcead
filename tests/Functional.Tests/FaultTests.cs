using System.Text.Json.Nodes;
using Orchestrator.Functional.Tests.Support;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Functional.Tests;

/// <summary>Whatever dies in mid-run: the same trials, each once, none from the beginning again.</summary>
public sealed class FaultTests : IDisposable
{
    // The first is long enough that every signal finds it running, also where a slow disk holds reports up, and that a later attempt shows progress; the
    // second shows that the sweep goes on.
    private static readonly int[] Epochs = [80, 2];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Run_CoordinatorThenWorkerKilled_GoesOnFromCheckpoints()
    {
        await using var orch = Start();

        await orch.EpochAsync(1, 2);
        Signals.Send(orch.HostId("coordinator"), "KILL");
        await orch.EpochAsync(1, 4);
        Signals.Send(orch.HostId("worker-1"), "KILL");
        var result = (await orch.EndAsync()).Expect(0);

        AssertEachTrialOnce(result);
        AssertNoneFromTheBeginning(result.Events, trial: 1);
        Assert.Equal(2, result.Events.Count(e => (string?)e["event"] == "note" && ((string)e["message"]!).Contains("starting it again", StringComparison.Ordinal)));
        foreach (var host in orch.Hosts) await Signals.GoneAsync(host);
    }

    [Fact]
    public async Task Run_ElasticAndWorkersKilled_GoesOnFromMemoryWhileEnoughAreLeftThenFromACheckpoint()
    {
        await using var orch = OrchProcess.Start("run", Sweeps.Write(_folder, trials: 1, Epochs[0], ranks: 3, least: 2), "--state", _folder.At("state"), "--json");

        await orch.EpochAsync(1, 3);
        Signals.Send(orch.HostId("worker-1"), "KILL");
        var regrouped = await orch.EventAsync(e => (string?)e["event"] == "trial" && (int)e["ranks"]! == 2);
        Assert.Equal(1, (int)regrouped["attempt"]!);
        await orch.EpochAsync(1, (int)regrouped["epoch"]! + 2);
        Assert.DoesNotContain(orch.Events, e => (string?)e["event"] == "trial" && (int)e["attempt"]! > 1);

        Signals.Send(orch.HostId("worker-2"), "KILL");
        await orch.EventAsync(e => (string?)e["event"] == "trial" && (int)e["attempt"]! == 2 && (int)e["ranks"]! == 3);
        var result = (await orch.EndAsync()).Expect(0);

        var trial = Assert.Single(result.Trials);
        Assert.Equal(("completed", 2, Epochs[0]), ((string)trial["status"]!, (int)trial["attempt"]!, (int)trial["epoch"]!));
        AssertNoneFromTheBeginning(result.Events, trial: 1);
    }

    [Fact]
    public async Task Resume_AfterOrchItselfWasKilled_EndsWithTheSameTrials()
    {
        await using (var orch = Start())
        {
            await orch.EpochAsync(1, 3);
            Signals.Send(orch.Id, "KILL");
            await orch.EndAsync();
            foreach (var host in orch.Hosts) await Signals.GoneAsync(host);
        }

        var result = (await OrchProcess.RunAsync("resume", "--state", _folder.At("state"), "--json")).Expect(0);

        AssertEachTrialOnce(result);
        AssertNoneFromTheBeginning(result.Events, trial: 1);
    }

    [Fact]
    public async Task Resume_WhileOrchRuns_ShowsTheSameExperimentToItsEnd()
    {
        await using var first = Start();
        await first.EpochAsync(1, 1);
        await using var second = OrchProcess.Start("resume", "--state", _folder.At("state"), "--json");

        var results = await Task.WhenAll(first.EndAsync(), second.EndAsync());

        Assert.All(results, result => AssertEachTrialOnce(result.Expect(0)));
        Assert.Empty(second.Hosts);
    }

    [Fact]
    public async Task Interrupt_InMidRun_LeavesNoProcessAndResumeCompletes()
    {
        await using (var orch = Start())
        {
            await orch.EpochAsync(1, 2);
            Signals.Send(orch.Id, "INT");
            var interrupted = (await orch.EndAsync()).Expect(130);

            Assert.Contains("'orch resume small-1", interrupted.Error, StringComparison.Ordinal);
            Assert.Equal("stopped", (string?)interrupted.Json["status"]);
            foreach (var host in orch.Hosts) await Signals.GoneAsync(host);
        }

        var result = (await OrchProcess.RunAsync("resume", "--state", _folder.At("state"), "--json")).Expect(0);

        AssertEachTrialOnce(result);
        AssertNoneFromTheBeginning(result.Events, trial: 1);
    }

    public void Dispose() => _folder.Dispose();

    private OrchProcess Start() => OrchProcess.Start("run", Sweeps.Write(_folder, Epochs.Length, Epochs[0], ranks: 2, then: Epochs[1]), "--state", _folder.At("state"), "--json");

    private static void AssertEachTrialOnce(OrchResult result) => Assert.Equal(
        Epochs.Select((epochs, index) => (index + 1, "completed", epochs)),
        result.Trials.Select(trial => ((int)trial["number"]!, (string)trial["status"]!, (int)trial["epoch"]!)));

    /// <summary>Progress counts the epochs that an attempt has behind it, those before its checkpoint included.</summary>
    private static void AssertNoneFromTheBeginning(IReadOnlyList<JsonNode> events, int trial)
    {
        var later = events.Where(e => (string?)e["event"] == "progress" && (int)e["number"]! == trial && (int)e["attempt"]! > 1).ToList();
        Assert.NotEmpty(later);
        Assert.All(later, e => Assert.True((int)e["epoch"]! >= 1, e.ToJsonString()));
    }
}
