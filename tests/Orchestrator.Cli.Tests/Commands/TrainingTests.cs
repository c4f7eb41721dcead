using System.Text.Json.Nodes;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Tests.Fakes;

namespace Orchestrator.Cli.Tests.Commands;

/// <summary><c>run</c> and <c>resume</c> with hosts that are fakes.</summary>
public sealed class TrainingTests : IDisposable
{
    private readonly TestCli _cli = new();

    [Fact]
    public async Task Resume_Stopped_StartsHostsResumesDrawsAndEndsThem()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        Directory.CreateDirectory(_cli.Folder.At("checkpoint"));
        coordinator.Experiments.Checkpoints.Add(new() { Location = new Uri(_cli.Folder.At("checkpoint")).AbsoluteUri, Metric = -100 });
        Put(coordinator, "a-1", "stopped");
        coordinator.Experiments.OnWatched = Complete(coordinator);
        _cli.LaunchCoordinatorsAt(coordinator, Draw);

        Assert.Equal(ExitCode.Done, await _cli.RunAsync("resume", "--workers", "2", "--json"));

        Assert.Equal(["resume a-1"], coordinator.Experiments.Calls);
        Assert.Equal(["coordinator", "worker-1", "worker-2", "generate"], _cli.Launcher.Started.Select(process => process.Command.Name));
        Assert.All(_cli.Launcher.Started, process => Assert.True(process.Exited.IsCompleted));
        var result = JsonNode.Parse(_cli.Output.Split('\n')[^2])!;
        Assert.Equal(_cli.Folder.At("checkpoint"), (string?)result["artifacts"]!["checkpoint"]);
        Assert.True(File.Exists((string?)result["artifacts"]!["samples"]));
        Assert.True(File.Exists((string?)result["artifacts"]!["reconstructions"]));
    }

    [Fact]
    public async Task Resume_PicturesFail_StillGivesTheResult()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        Directory.CreateDirectory(_cli.Folder.At("checkpoint"));
        coordinator.Experiments.Checkpoints.Add(new() { Location = _cli.Folder.At("checkpoint") });
        Put(coordinator, "a-1", "running");
        coordinator.Experiments.OnWatched = Complete(coordinator);
        _cli.LaunchCoordinatorsAt(coordinator, process => process.End(1));

        Assert.Equal(ExitCode.Done, await _cli.RunAsync("resume"));

        Assert.Contains("no picture could be drawn", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("a-1 completed in", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_Interrupted_StopsTheExperimentAndEndsTheHosts()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        Put(coordinator, "a-1", "running");
        coordinator.Experiments.OnWatched = _ => _cli.Interrupts.Raise();
        _cli.LaunchCoordinatorsAt(coordinator);

        Assert.Equal(ExitCode.Interrupted, await _cli.RunAsync("resume"));

        Assert.Equal(["stop a-1: interrupted from the terminal"], coordinator.Experiments.Calls);
        Assert.Equal($"interrupted: 'orch resume a-1 --state {_cli.StatePath}' continues it\n", _cli.Error);
        Assert.All(_cli.Launcher.Started, process => Assert.True(process.Exited.IsCompleted));
    }

    [Fact]
    public async Task Resume_AttachedAndInterrupted_LeavesTheExperimentAlone()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        Put(coordinator, "a-1", "running");
        coordinator.Experiments.OnWatched = _ => _cli.Interrupts.Raise();

        Assert.Equal(ExitCode.Interrupted, await _cli.RunAsync("resume", "--coordinator", coordinator.Address));

        Assert.Empty(coordinator.Experiments.Calls);
        Assert.Empty(_cli.Launcher.Started);
        Assert.StartsWith("interrupted: a-1 goes on without this terminal", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_OneOfTwoLeftByAKilledOrch_StopsTheOther()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        Put(coordinator, "a-1", "running");
        Put(coordinator, "b-1", "running");
        coordinator.Experiments.OnWatched = Complete(coordinator);
        _cli.LaunchCoordinatorsAt(coordinator);

        Assert.Equal(ExitCode.Done, await _cli.RunAsync("resume", "a-1"));

        Assert.Equal(["stop b-1: its orch was killed"], coordinator.Experiments.Calls);
        Assert.Contains("b-1 was left unfinished; 'orch resume b-1' continues it", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_WorkerDiesAgainAndAgain_IsAnEnvironmentErrorWithItsLog()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        Put(coordinator, "a-1", "running");
        _cli.LaunchCoordinatorsAt(coordinator);
        var start = _cli.Launcher.OnStart;
        _cli.Launcher.OnStart = process =>
        {
            start(process);
            if (process.Command.Name != "worker-1") return;
            File.WriteAllText(process.Command.LogFile, "libtorch_cpu.so: cannot open shared object file\n");
            process.End(134);
        };

        Assert.Equal(ExitCode.Environment, await _cli.RunAsync("resume", "--workers", "1"));

        Assert.StartsWith("error: worker-1: ended again and again, the last time with exit code 134 (libtorch_cpu.so: cannot open shared object file);", _cli.Error, StringComparison.Ordinal);
        Assert.All(_cli.Launcher.Started, process => Assert.True(process.Exited.IsCompleted));
    }

    [Fact]
    public async Task Resume_CoordinatorCanNotStart_IsAnEnvironmentErrorWithItsLastWords()
    {
        _cli.Launcher.OnStart = process =>
        {
            File.WriteAllText(process.Command.LogFile, "the disk is full\n");
            process.End(3);
        };

        Assert.Equal(ExitCode.Environment, await _cli.RunAsync("resume"));

        Assert.StartsWith("error: coordinator: could not start (the disk is full);", _cli.Error, StringComparison.Ordinal);
        Assert.Single(_cli.Launcher.Started);
        Assert.False(File.Exists(Path.Combine(_cli.StatePath, "owner.lock")));
    }

    [Fact]
    public async Task Resume_ExperimentFails_IsExitCodeOneWithTheReason()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        Put(coordinator, "a-1", "running");
        coordinator.Experiments.OnWatched = id => coordinator.Experiments.Update(id, experiment => (experiment.Status, experiment.Reason) = ("failed", "the data is bad"));
        _cli.LaunchCoordinatorsAt(coordinator);

        Assert.Equal(ExitCode.ExperimentFailed, await _cli.RunAsync("resume"));

        Assert.Contains("the data is bad", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_NothingUnfinished_IsAUsageError()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        Put(coordinator, "a-1", "completed");
        _cli.LaunchCoordinatorsAt(coordinator);

        Assert.Equal(ExitCode.Usage, await _cli.RunAsync("resume"));

        Assert.Equal("error: experiment: none is unfinished; 'orch status' lists them, 'orch run FILE' starts a new one\n", _cli.Error);
    }

    public void Dispose() => _cli.Dispose();

    private static void Put(FakeCoordinator coordinator, string id, string status)
    {
        var experiment = FakeExperiments.Running(id, DateTimeOffset.UnixEpoch);
        experiment.Status = status;
        experiment.BestTrial = 1;
        experiment.Trials.Add(Trials.Of(1, "waiting", 3, -100));
        coordinator.Experiments.Put(experiment);
    }

    private static Action<string> Complete(FakeCoordinator coordinator) => id => coordinator.Experiments.Update(id, experiment => experiment.Status = "completed");

    private static void Draw(FakeHostProcess process)
    {
        var arguments = process.Command.Arguments.ToList();
        File.WriteAllText(arguments[arguments.IndexOf("--out") + 1] + ".png", "PNG");
        File.WriteAllText(arguments[arguments.IndexOf("--reconstructions") + 1], "PNG");
        process.End(0);
    }
}
