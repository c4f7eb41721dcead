using System.Text.Json.Nodes;
using Orchestrator.Cli.Commands;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Tests.Fakes;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Cli.Tests.Commands;

public sealed class LogsCommandTests : IAsyncLifetime, IDisposable
{
    private readonly TestCli _cli = new();
    private FakeCoordinator _coordinator = null!;

    public async Task InitializeAsync()
    {
        _coordinator = await FakeCoordinator.StartAsync();
        _coordinator.Experiments.Put(FakeExperiments.Running("mnist-1", DateTimeOffset.UnixEpoch));
    }

    public async Task DisposeAsync() => await _coordinator.DisposeAsync();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Logs_ForPeople_PrintsTimeLevelAndMessage()
    {
        Assert.Equal(ExitCode.Done, await Run("3", "--rank", "1", "-f", "--since", "2030-12-31"));

        Assert.Equal("log of rank 1 of mnist-1/3, followed, since 2030", Assert.Single(_coordinator.Experiments.Calls));
        Assert.Equal("1970-01-01T00:00:00.000Z information: starts\n1970-01-01T00:00:00.000Z error: ends\n  at once\n", _cli.Output);
    }

    [Fact]
    public async Task Logs_Json_IsAnObjectALine()
    {
        Assert.Equal(ExitCode.Done, await Run("3", "mnist-1", "--json"));

        var lines = _cli.Output.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(("starts", "ab", "cd"), ((string?)lines[0]["message"], (string?)lines[0]["trace_id"], (string?)lines[0]["span_id"]));
        Assert.Equal(("ends\n  at once", null), ((string?)lines[1]["message"], (string?)lines[1]["trace_id"]));
    }

    [Fact]
    public async Task Logs_SinceThatIsNoTime_IsOneLineAndExitCodeTwo()
    {
        Assert.Equal(ExitCode.Usage, await Run("3", "--since", "soon"));

        Assert.Equal("error: orch logs: --since: 'soon' is no time; write it like 10m or 2030-12-31T12:00:00Z; see 'orch logs --help'\n", _cli.Error);
    }

    [Theory]
    [InlineData("90s", -90)]
    [InlineData("1.5m", -90)]
    [InlineData("2h", -7200)]
    [InlineData("1d", -86400)]
    [InlineData("2030-01-01T00:00:10Z", 10)]
    [InlineData("10", null)]
    [InlineData("-3m", null)]
    [InlineData("m", null)]
    [InlineData("99999999d", null)]
    public void Parse_ATime_IsThatLongAgo(string text, int? seconds)
    {
        var time = new FakeTimeProvider();

        Assert.Equal(seconds is { } s ? time.Now.AddSeconds(s) : null, PastTime.Parse(text, time));
    }

    private Task<int> Run(params string[] arguments) => _cli.RunAsync(["logs", .. arguments, "--coordinator", _coordinator.Address]);
}
