using Orchestrator.Cli.Output;
using Orchestrator.Cli.Tests.Fakes;

namespace Orchestrator.Cli.Tests.Commands;

public sealed class DeleteCommandTests : IAsyncLifetime
{
    private FakeCoordinator _coordinator = null!;

    public async Task InitializeAsync()
    {
        _coordinator = await FakeCoordinator.StartAsync();
        foreach (var (id, status) in new[] { ("a-1", "completed"), ("b-1", "stopped"), ("c-1", "running"), ("d-1", "deleting") })
        {
            var experiment = FakeExperiments.Running(id, DateTimeOffset.UnixEpoch);
            (experiment.Status, experiment.Folder) = (status, "file:///experiments/" + id);
            _coordinator.Experiments.Put(experiment);
        }
    }

    public async Task DisposeAsync() => await _coordinator.DisposeAsync();

    [Theory]
    [InlineData("delete a-1|delete b-1", "a-1 is deleted|b-1 is deleted", "a-1", "b-1", "a-1", "--yes")]
    [InlineData("delete c-1, forced, without checkpoints", "c-1 is deleted; its checkpoints are in /experiments/c-1", "c-1", "-y", "--force", "--keep-checkpoints")]
    [InlineData("delete a-1", """{"deleted":["a-1"],"failed":[],"kept_checkpoints":false}""", "a-1", "--yes", "--json")]
    public async Task Delete_Confirmed_DeletesEachOnceAndSaysSo(string calls, string said, params string[] arguments)
    {
        using var cli = new TestCli();

        Assert.Equal(ExitCode.Done, await Run(cli, arguments));

        Assert.Equal(calls.Split('|'), _coordinator.Experiments.Calls);
        Assert.Equal(said.Split('|'), cli.Output.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData(" Yes \n", true)]
    [InlineData("\n", false)]
    [InlineData("no\n", false)]
    [InlineData("", false)]
    public async Task Delete_APersonIsAsked_DeletesOnlyAfterAYes(string typed, bool deletes)
    {
        using var cli = new TestCli(typed);

        Assert.Equal(deletes ? ExitCode.Done : ExitCode.Usage, await Run(cli, "a-1", "b-1"));

        Assert.Contains("a-1: completed, 0 trials, /experiments/a-1\nb-1: stopped", cli.Error, StringComparison.Ordinal);
        Assert.Contains("Delete these 2 experiments for good, with all checkpoints? [y/N] ", cli.Error, StringComparison.Ordinal);
        Assert.Equal(deletes ? 2 : 0, _coordinator.Experiments.Calls.Count);
    }

    [Theory]
    [InlineData("error: delete: nobody can be asked here, and nothing was deleted; give --yes", "a-1")]
    [InlineData("error: c-1: it is running, and nothing was deleted; stop it with 'orch stop c-1', or give --force", "a-1", "c-1", "--yes")]
    [InlineData("error: coordinator: There is no experiment 'x-1'; 'orch status' lists the experiments", "a-1", "x-1", "--yes")]
    [InlineData("error: orch delete: Required argument 'EXPERIMENT' missing for command: 'delete'; see 'orch delete --help'", "--yes")]
    public async Task Delete_BadRequest_DeletesNothing(string expected, params string[] arguments)
    {
        using var cli = new TestCli();

        Assert.Equal(ExitCode.Usage, await Run(cli, arguments));

        Assert.EndsWith(expected + "\n", cli.Error, StringComparison.Ordinal);
        Assert.Empty(_coordinator.Experiments.Calls);
    }

    [Fact]
    public async Task Delete_OneFails_GoesOnWithTheOthersAndSaysWhich()
    {
        using var cli = new TestCli();

        Assert.Equal(ExitCode.Usage, await Run(cli, "d-1", "a-1", "--yes", "--json"));

        Assert.StartsWith("error: coordinator: d-1 is being deleted, but not all of its files can be", cli.Error, StringComparison.Ordinal);
        Assert.Equal("""{"deleted":["a-1"],"failed":["d-1"],"kept_checkpoints":false}""" + "\n", cli.Output);
    }

    private Task<int> Run(TestCli cli, params string[] arguments) => cli.RunAsync(["delete", .. arguments, "--coordinator", _coordinator.Address.ToString()]);
}
