using System.Text.Json.Nodes;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Tests.Fakes;

namespace Orchestrator.Cli.Tests.Commands;

public sealed class TrialCommandTests : IAsyncLifetime, IDisposable
{
    private readonly TestCli _cli = new();
    private FakeCoordinator _coordinator = null!;

    public async Task InitializeAsync()
    {
        _coordinator = await FakeCoordinator.StartAsync();
        var experiment = FakeExperiments.Running("mnist-1", DateTimeOffset.UnixEpoch);
        experiment.Trials.Add(Trials.Of(1, "running", epoch: 4, best: -120));
        _coordinator.Experiments.Put(experiment);
    }

    public async Task DisposeAsync() => await _coordinator.DisposeAsync();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("pause 1: paused by 'orch trial pause'", "trial 1 of mnist-1 is paused at epoch 4; 'orch trial resume 1 mnist-1' continues it", "pause", "1")]
    [InlineData("resume 1", "trial 1 of mnist-1 goes on at epoch 4", "resume", "1", "mnist-1")]
    [InlineData("extend 1 to 60", "trial 1 of mnist-1 goes to epoch 60", "extend", "1", "--epochs", "60")]
    [InlineData("stop 1: diverges", "trial 1 of mnist-1 is stopped", "stop", "1", "--reason", "diverges")]
    [InlineData("""fork 1 at 2: {"flag":true,"optimizer":"sgd","rate":0.5,"units":64}""", "trial 9 of mnist-1 begins from trial 1 at epoch 2: learning_rate=0.001235 batch_size=128",
        "fork", "1", "--epoch", "2", "--set", "rate=0.5", "--set", "units=64", "--set", "optimizer=sgd", "--set", "flag=true")]
    [InlineData("fork 1 at -1: {}", "trial 9 of mnist-1 begins from trial 1 at epoch 0: learning_rate=0.001235 batch_size=128", "fork", "1")]
    public async Task Trial_ACommand_AsksTheCoordinatorAndSaysWhatBecameOfIt(string call, string said, params string[] arguments)
    {
        Assert.Equal(ExitCode.Done, await Run(arguments));

        Assert.Equal(call, Assert.Single(_coordinator.Experiments.Calls));
        Assert.Equal(said + "\n", _cli.Output);
    }

    [Fact]
    public async Task Trial_Json_GivesTheTrial()
    {
        Assert.Equal(ExitCode.Done, await Run("fork", "1", "--epoch", "2", "--json"));

        var json = JsonNode.Parse(_cli.Output)!;
        Assert.Equal(("mnist-1", 9, 1, 2), ((string?)json["experiment"], (int)json["trial"]!["number"]!, (int)json["trial"]!["parent"]!, (int)json["trial"]!["parent_epoch"]!));
    }

    [Theory]
    [InlineData("error: coordinator: There is no trial 7; there are trials 1 to 2; 'orch status EXPERIMENT' lists them", "pause", "7")]
    [InlineData("error: orch trial fork: --set: 'rate' is no change; write it like learning_rate=0.0005; see 'orch trial fork --help'", "fork", "1", "--set", "rate")]
    [InlineData("error: orch trial extend: Option '--epochs' is required; see 'orch trial extend --help'", "extend", "1")]
    public async Task Trial_BadRequest_IsOneLineAndExitCodeTwo(string expected, params string[] arguments)
    {
        Assert.Equal(ExitCode.Usage, await Run(arguments));

        Assert.Equal(expected + "\n", _cli.Error);
    }

    [Fact]
    public async Task Trial_WithoutACommand_SaysWhichThereAre()
    {
        Assert.Equal(ExitCode.Usage, await Run());

        Assert.Contains("pause, resume, extend, fork or stop", _cli.Error, StringComparison.Ordinal);
    }

    private Task<int> Run(params string[] arguments) => _cli.RunAsync(["trial", .. arguments, "--coordinator", _coordinator.Address]);
}
