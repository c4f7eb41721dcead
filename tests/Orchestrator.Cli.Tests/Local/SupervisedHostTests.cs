using Orchestrator.Cli.Local;
using Orchestrator.Cli.Tests.Fakes;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Cli.Tests.Local;

public sealed class SupervisedHostTests
{
    private static readonly HostCommand Command = new("worker-1", "Worker.dll", ["--a"], "/dev/null");

    private readonly FakeTimeProvider _time = new();
    private readonly FakeLauncher _launcher = new();
    private readonly List<string> _told = [];

    [Fact]
    public async Task Supervise_ProcessDies_StartsItAgainAndSaysSo()
    {
        await using var host = Start();

        (await _launcher.StartedAsync(1)).End(137);
        await _launcher.RestartedAsync(_time, 2);

        Assert.Equal(["worker-1 ended with exit code 137; starting it again"], _told);
        Assert.False(host.GaveUp.IsCompleted);
    }

    [Fact]
    public async Task Supervise_CommandChanged_RestartsWithTheNewOne()
    {
        await using var host = Start();
        host.Command = Command with { Arguments = ["--port", "7"] };

        (await _launcher.StartedAsync(1)).End(1);
        var second = await _launcher.RestartedAsync(_time, 2);

        Assert.Equal(["--port", "7"], second.Command.Arguments);
    }

    [Fact]
    public async Task Supervise_DiesTooOften_GivesUpWithTheExitCode()
    {
        await using var host = Start();

        for (var start = 1; start <= RestartPolicy.Default.MaxRestarts; start++)
        {
            (await _launcher.StartedAsync(start)).End(start);
            await _launcher.RestartedAsync(_time, start + 1);
        }
        (await _launcher.StartedAsync(6)).End(9);

        Assert.Equal(9, await host.GaveUp.WaitAsync(FakeCoordinator.Patience));
        Assert.Equal(6, _launcher.Started.Count);
    }

    [Fact]
    public async Task Dispose_RunningProcess_EndsItAndDoesNotStartItAgain()
    {
        var host = Start();

        await host.DisposeAsync().AsTask().WaitAsync(FakeCoordinator.Patience);

        Assert.Equal(0, await _launcher.Started.Single().Exited);
        Assert.Null(await host.GaveUp);
    }

    [Fact]
    public async Task Dispose_WhileWaitingToRestart_StartsNothing()
    {
        var host = Start();
        (await _launcher.StartedAsync(1)).End(1);

        await host.DisposeAsync().AsTask().WaitAsync(FakeCoordinator.Patience);

        Assert.Single(_launcher.Started);
    }

    private SupervisedHost Start() => new(_launcher, Command, RestartPolicy.Default, _time, _told.Add);
}
