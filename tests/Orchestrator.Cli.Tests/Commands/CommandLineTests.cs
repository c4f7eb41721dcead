using System.Text.Json.Nodes;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Tests.Fakes;

namespace Orchestrator.Cli.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly TestCli _cli = new();

    [Theory]
    [InlineData("error: orch: there is no command 'rnu'; did you mean 'run'? see 'orch --help'", "rnu")]
    [InlineData("error: orch run: Required argument 'FILE' missing for command: 'run'; see 'orch run --help'", "run")]
    [InlineData("error: orch run: --workers: write a number from 1 to 1024; see 'orch run --help'", "run", "f", "--workers", "0")]
    [InlineData("error: orch generate: --count: write a number from 1 to 1024; see 'orch generate --help'", "generate", "--count", "0")]
    [InlineData("error: orch status: --coordinator: 'foo' is no address; write it like http://host:7071; see 'orch status --help'", "status", "--coordinator", "foo")]
    [InlineData("error: orch bench search: give --table FILE.csv.gz or --curves FILE.curves.csv.gz, one of them; see 'orch bench search --help'", "bench", "search")]
    [InlineData("error: orch bench search: --seeds: write a number from 1 to 10000; see 'orch bench search --help'", "bench", "search", "--table", "t.csv.gz", "--seeds", "0")]
    [InlineData("error: orch bench search: 't.csv' is not a table with a space beside it: its name does not end in .csv.gz; see 'orch bench search --help'", "bench", "search", "--table", "t.csv")]
    [InlineData("error: no-such.yaml: no such file; check the path; examples/ has sweep files to start from", "run", "no-such.yaml")]
    public async Task Run_BadUsage_IsOneLineAndExitCodeTwo(string expected, params string[] arguments)
    {
        Assert.Equal(ExitCode.Usage, await _cli.RunAsync(arguments));

        Assert.Equal(expected + "\n", _cli.Error);
        Assert.Empty(_cli.Launcher.Started);
        Assert.False(Directory.Exists(_cli.StatePath));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("submit")]
    [InlineData("status")]
    [InlineData("watch")]
    [InlineData("best")]
    [InlineData("stop")]
    [InlineData("resume")]
    [InlineData("workers")]
    [InlineData("generate")]
    [InlineData("validate")]
    [InlineData("bench")]
    [InlineData("import")]
    [InlineData("trial")]
    public async Task Help_OfACommand_EndsWithExamplesThatBeginWithIt(string command)
    {
        Assert.Equal(ExitCode.Done, await _cli.RunAsync(command, "--help"));

        Assert.Contains("Examples:\n  orch " + command, _cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "status")]
    [InlineData(true, "trial", "pause")]
    [InlineData(false, "simulate")]
    [InlineData(false, "validate")]
    [InlineData(false, "bench", "search")]
    public async Task Help_OptionsOfACoordinator_AreListedWhereOneIsUsed(bool isUsed, params string[] command)
    {
        Assert.Equal(ExitCode.Done, await _cli.RunAsync([.. command, "--help"]));

        Assert.Equal(isUsed, _cli.Output.Contains("--coordinator", StringComparison.Ordinal));
        Assert.Equal(isUsed, _cli.Output.Contains("--state", StringComparison.Ordinal));
        Assert.Contains("--json", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_OfAll_DocumentsTheExitCodes()
    {
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("--help"));

        Assert.Contains("130  interrupted", _cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("best")]
    [InlineData("stop")]
    [InlineData("generate")]
    public async Task Look_FolderNeverUsed_IsAnEnvironmentErrorAndMakesNothing(string command)
    {
        Assert.Equal(ExitCode.Environment, await _cli.RunAsync(command));

        Assert.StartsWith($"error: {_cli.StatePath}: no such state folder", _cli.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_cli.StatePath));
    }

    [Fact]
    public async Task Workers_NoCoordinator_SaysHowToStartOne()
    {
        Assert.Equal(ExitCode.Environment, await _cli.RunAsync("workers"));

        Assert.Contains("no coordinator runs on this state folder", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_RemoteIsGone_IsAnEnvironmentError()
    {
        string address;
        await using (var coordinator = await FakeCoordinator.StartAsync()) address = coordinator.Address;

        Assert.Equal(ExitCode.Environment, await _cli.RunAsync("status", "--coordinator", address));

        Assert.StartsWith($"error: {address}/: no coordinator answers there", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_UnknownExperiment_IsAUsageError()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        Assert.Equal(ExitCode.Usage, await _cli.RunAsync("status", "no-such", "--coordinator", coordinator.Address));

        Assert.Equal("error: coordinator: There is no experiment 'no-such'; 'orch status' lists the experiments\n", _cli.Error);
    }

    [Fact]
    public async Task Status_Json_ListsNewestFirst()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Experiments.Put(FakeExperiments.Running("a-1", DateTimeOffset.UnixEpoch));
        coordinator.Experiments.Put(FakeExperiments.Running("b-1", DateTimeOffset.UnixEpoch.AddHours(1)));

        Assert.Equal(ExitCode.Done, await _cli.RunAsync("status", "--json", "--coordinator", coordinator.Address));

        Assert.Equal(["b-1", "a-1"], JsonNode.Parse(_cli.Output)!["experiments"]!.AsArray().Select(each => (string?)each!["experiment"]));
    }

    [Fact]
    public async Task Status_OfOne_ShowsItsTrials()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        var experiment = FakeExperiments.Running("a-1", DateTimeOffset.UnixEpoch);
        experiment.Trials.Add(Trials.Of(1, "completed", 10, -104.25));
        experiment.BestTrial = 1;
        coordinator.Experiments.Put(experiment);

        Assert.Equal(ExitCode.Done, await _cli.RunAsync("status", "a-1", "--coordinator", coordinator.Address));

        Assert.Contains("best: trial 1, validation_elbo -104.25 at epoch 10", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Best_Json_HasTheBestCheckpoint()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        var experiment = FakeExperiments.Running("a-1", DateTimeOffset.UnixEpoch);
        experiment.Trials.Add(Trials.Of(1, "running", 3, -104.25));
        experiment.BestTrial = 1;
        coordinator.Experiments.Put(experiment);
        coordinator.Experiments.Checkpoints.Add(new() { Location = "file:///state/trial-1/epoch-3", Metric = -104.25 });

        Assert.Equal(ExitCode.Done, await _cli.RunAsync("best", "--json", "--coordinator", coordinator.Address));

        Assert.Equal("/state/trial-1/epoch-3", (string?)JsonNode.Parse(_cli.Output)!["best"]!["checkpoint"]);
    }

    [Fact]
    public async Task Stop_WithoutName_StopsTheNewestThatRuns()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Experiments.Put(FakeExperiments.Running("a-1", DateTimeOffset.UnixEpoch));

        Assert.Equal(ExitCode.Done, await _cli.RunAsync("stop", "--reason", "enough", "--coordinator", coordinator.Address));

        Assert.Equal(["stop a-1: enough"], coordinator.Experiments.Calls);
        Assert.Equal("a-1 is stopped; 'orch resume a-1' continues it\n", _cli.Output);
    }

    [Fact]
    public async Task Workers_OfACoordinator_AreListed()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        Assert.Equal(ExitCode.Done, await _cli.RunAsync("workers", "--coordinator", coordinator.Address));

        Assert.Matches(@"worker-1\s+localhost\s+cpu\s+42\s+a-1/3/1\s+0.5s ago", _cli.Output);
    }

    public void Dispose() => _cli.Dispose();
}
