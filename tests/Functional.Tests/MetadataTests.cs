using System.Text.Json.Nodes;
using Orchestrator.Functional.Tests.Support;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Functional.Tests;

/// <summary>Metadata in Redis: it outlives Redis' own death and any coordinator's, and another coordinator goes on with it.</summary>
public sealed class MetadataTests : IDisposable
{
    // The first is long enough that every signal finds it running; the second shows that the sweep goes on.
    private static readonly int[] Epochs = [40, 2];

    private readonly TemporaryFolder _folder = new();
    private readonly RedisServer _redis = new();

    [Fact]
    public async Task Run_RedisRestartedInMidRun_LosesNothing()
    {
        await using var orch = OrchProcess.Start("run", Sweep(), "--state", _folder.At("state"), "--metadata", _redis.Url, "--json");
        await orch.EpochAsync(1, 2);
        _redis.Kill();
        _redis.Restart();

        var result = (await orch.EndAsync()).Expect(0);

        AssertEachTrialOnce(result.Json);
        Assert.False(File.Exists(_folder.At("state/orchestrator.db")));
        var elsewhere = (await OrchProcess.RunAsync("status", "--state", _folder.At("state"))).Expect(3);
        Assert.Contains($"--metadata redis://127.0.0.1:{_redis.Port}", elsewhere.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RedisIsNotThere_SaysSoAndStartsNothing()
    {
        _redis.Kill();
        var result = (await OrchProcess.RunAsync("run", Sweep(), "--state", _folder.At("state"), "--metadata", _redis.Url)).Expect(3);
        Assert.Matches($"Redis at 127.0.0.1:{_redis.Port} can't be reached", result.Error);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coordinator_Lost_AnotherOneInItsPlaceGoesOn()
    {
        HostProcess? second = null;
        await using (var first = await StartCoordinatorAsync("a"))
        await using (await HostProcess.StartAsync("worker", "--coordinator", first.Grpc))
        {
            await SubmitAsync(first);
            await using var watch = Watch(first);
            await watch.EpochAsync(1, 2);
            first.Kill();
            var port = new Uri(first.Grpc).Port;
            second = await StartCoordinatorAsync("b", port);

            await using var rest = Watch(second);
            AssertEachTrialOnce((await rest.EndAsync()).Expect(0).Json);
        }
        await second.DisposeAsync();
    }

    [UpstreamFact]
    public async Task TwoCoordinators_OneKilled_TheOtherEndsTheSweep()
    {
        await using var first = await StartCoordinatorAsync("a");
        await using var second = await StartCoordinatorAsync("b");
        await using var firstWorker = await HostProcess.StartAsync("worker", "--coordinator", first.Grpc);
        await using var secondWorker = await HostProcess.StartAsync("worker", "--coordinator", second.Grpc);
        await SubmitAsync(first);
        await using var watch = Watch(second);
        await watch.EpochAsync(1, 2);

        first.Kill();

        AssertEachTrialOnce((await watch.EndAsync()).Expect(0).Json);
    }

    public void Dispose()
    {
        _redis.Dispose();
        _folder.Dispose();
    }

    private string Sweep() => Sweeps.Write(_folder, Epochs.Length, Epochs[0], then: Epochs[1]);

    private Task<HostProcess> StartCoordinatorAsync(string name, int grpcPort = 0) => HostProcess.StartAsync(
        "coordinator", "--state", _folder.At(name), "--metadata", _redis.Url, "--checkpoints", _folder.At("checkpoints"), "--port", "0", "--grpc-port", $"{grpcPort}");

    private async Task SubmitAsync(HostProcess coordinator) => (await OrchProcess.RunAsync("submit", Sweep(), "--coordinator", coordinator.Grpc)).Expect(0);

    private static OrchProcess Watch(HostProcess coordinator) => OrchProcess.Start("watch", "--coordinator", coordinator.Grpc, "--json");

    private static void AssertEachTrialOnce(JsonNode result) => Assert.Equal(
        Epochs.Select((epochs, index) => (index + 1, "completed", epochs)),
        result["trials"]!.AsArray().Select(trial => ((int)trial!["number"]!, (string)trial["status"]!, (int)trial["epoch"]!)));
}
