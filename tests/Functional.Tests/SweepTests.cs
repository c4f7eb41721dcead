using System.Text.Json.Nodes;
using Orchestrator.Functional.Tests.Support;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Functional.Tests;

/// <summary>What a sweep file may ask of the search, from the file to the trials' own programs and networks.</summary>
public sealed class SweepTests : IDisposable
{
    private const string Program = """
        for word in "$@"; do
          case $word in
            --x=*) x=${word#--x=} ;;
            --optimizer=adam) echo 'adam is not there' >&2; exit 42 ;;
          esac
        done
        awk "BEGIN { printf \"{\\\"epoch\\\": 1, \\\"loss\\\": %.9f}\\n\", ($x - 0.3) * ($x - 0.3) }"
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Run_ConditionalParametersAndARuleForAnExitCode_AreTakenAtTheirWord()
    {
        var file = Write("""
            method: grid
            parameters:
              x: {value: 0.5}
              optimizer: {values: [sgd, adam]}
              momentum: {values: [0.5, 0.9], when: {optimizer: sgd}}
            on_failure:
              - {exit_code: 42, action: fail}
            """);

        var trials = (await OrchProcess.RunAsync("run", file, "--state", _folder.At("state"), "--json")).Expect(0).Trials;

        Assert.Equal(["adam", "sgd 0.5", "sgd 0.9"], trials.Select(Point).Order(StringComparer.Ordinal));
        var failed = trials.Single(t => Point(t) == "adam");
        Assert.Equal(("failed", 1), ((string?)failed["status"], (int)failed["attempt"]!));
        Assert.Contains("exit code 42: adam is not there", (string?)failed["reason"], StringComparison.Ordinal);
        Assert.All(trials.Where(t => t != failed), t => Assert.Equal("completed", (string?)t["status"]));

        static string Point(JsonNode trial) => $"{trial["parameters"]!["optimizer"]} {trial["parameters"]!["momentum"]}".TrimEnd();
    }

    [Fact]
    public async Task Run_WarmStarted_BeginsWithWhatTheEarlierSweepHasShown()
    {
        const string Range = "parameters: {x: {min: 0.0, max: 1.0}}";
        var state = _folder.At("state");
        var earlier = (await OrchProcess.RunAsync("run", Write($"method: random\nrun_cap: 12\n{Range}"), "--state", state, "--json")).Expect(0);

        var cold = (await OrchProcess.RunAsync("run", Write($"method: gp\nrun_cap: 2\n{Range}"), "--state", _folder.At("cold"), "--json")).Expect(0);
        var warm = (await OrchProcess.RunAsync("run", Write($"method: gp\nrun_cap: 2\nwarm_start: [{earlier.Json["experiment"]}]\n{Range}"), "--state", state, "--json")).Expect(0);

        Assert.All(warm.Trials, t => Assert.InRange((double)t["parameters"]!["x"]!, 0.2, 0.4));
        Assert.NotEqual(cold.Trials.Select(t => (double)t["parameters"]!["x"]!), warm.Trials.Select(t => (double)t["parameters"]!["x"]!));
    }

    [Fact]
    public async Task Run_PopulationBasedTraining_ForksTheBestFromItsCheckpoint()
    {
        var file = Sweeps.Write(_folder, trials: 4, epochs: 4);
        await File.AppendAllTextAsync(file, "\nearly_terminate: {type: pbt, interval: 2}\n");

        var result = (await OrchProcess.RunAsync("run", file, "--state", _folder.At("state"), "--json")).Expect(0);

        var fork = Assert.Single(result.Trials, t => (int?)t["parent"] is not null);
        var parent = result.Trials.Single(t => (int)t["number"]! == (int)fork["parent"]!);
        Assert.Equal(("completed", 2), ((string?)fork["status"], (int)fork["parent_epoch"]!));
        Assert.NotEqual((double)parent["parameters"]!["learning_rate"]!, (double)fork["parameters"]!["learning_rate"]!);
        Assert.Equal(1, result.Trials.Count(t => (string?)t["status"] == "stopped"));
        // It went on from its parent's network: it trained two epochs, not four.
        Assert.All(result.Events.Where(e => (string?)e["event"] == "progress" && (int)e["number"]! == (int)fork["number"]!), e => Assert.True((int)e["epoch"]! >= 2, e.ToJsonString()));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A sweep over a program of a few lines, so that its trials take no time.</summary>
    private string Write(string search)
    {
        File.WriteAllText(_folder.At("train.sh"), Program);
        var file = _folder.At($"{Guid.NewGuid():N}.yaml");
        File.WriteAllText(file, $"name: program\ntask: {{command: [sh, train.sh]}}\nseed: 1\nmetric: {{name: loss, goal: minimize}}\n{search}\n");
        return file;
    }
}
