using System.Net;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Orchestrator.Coordinator.Tests.Support;
using Orchestrator.Protocol;
using Orchestrator.ServiceDefaults.Logs;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Coordinator.Tests.Logs;

public sealed class TrialLogTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _state = new();
    private RunningCoordinator _coordinator = null!;

    public async Task InitializeAsync() => _coordinator = await RunningCoordinator.Start(_state);

    public async Task DisposeAsync() => await _coordinator.DisposeAsync();

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task ReadLog_Followed_GivesWhatComesAndEndsWithTheTrial()
    {
        var client = new Experiments.ExperimentsClient(_coordinator.Channel);
        var experiment = (await client.SubmitAsync(new SubmitRequest { Source = Sweeps.Valid(_state, trials: 1) })).Id;
        using var worker = new StreamingWorker(_coordinator, "w1");
        await worker.Dial();
        var assign = await worker.NextAssignment();
        var folder = RankLogFolder.Of(Path.GetDirectoryName(new Uri(assign.CheckpointFolder).LocalPath)!, 1);
        Write(folder, "before");

        using var call = client.ReadLog(new ReadLogRequest { Experiment = experiment, Trial = 1, Follow = true });
        Assert.Equal("before", await Next(call));
        Write(folder, "after");
        Assert.Equal("after", await Next(call));
        await worker.Acknowledged(new WorkerMessage { RankEnded = new RankEnded { Attempt = assign.Attempt, Sequence = 1, Outcome = Outcome.FailedForGood, Reason = "no data" } });
        Assert.Null(await Next(call));

        var rest = await _coordinator.Http.GetStringAsync(new Uri($"/api/v1/experiments/{experiment}/trials/1/log", UriKind.Relative));
        Assert.Equal(["before", "after"], rest.TrimEnd('\n').Split('\n').Select(line => ServiceDefaults.Logs.LogLine.Parse(System.Text.Encoding.UTF8.GetBytes(line))!.Message));
        using var later = client.ReadLog(new ReadLogRequest { Experiment = experiment, Trial = 1, Since = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddDays(1)) });
        Assert.Null(await Next(later));
    }

    [Theory]
    [InlineData("none-1", 1, 0)]
    [InlineData("Not An Id", 1, 0)]
    [InlineData("tiny-1", 7, 0)]
    [InlineData("tiny-1", 1, 1)]
    public async Task ReadLog_OfNothing_IsNotFound(string experiment, int trial, int rank)
    {
        var client = new Experiments.ExperimentsClient(_coordinator.Channel);
        await client.SubmitAsync(new SubmitRequest { Source = Sweeps.Valid(_state) });

        using var call = client.ReadLog(new ReadLogRequest { Experiment = experiment, Trial = trial, Rank = rank });
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => Next(call))).StatusCode);
        var response = await _coordinator.Http.GetAsync(new Uri($"/api/v1/experiments/{experiment}/trials/{trial}/log?rank={rank}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task<string?> Next(AsyncServerStreamingCall<Protocol.LogLine> call)
    {
        using var patience = new CancellationTokenSource(RunningCoordinator.Patience);
        return await call.ResponseStream.MoveNext(patience.Token) ? call.ResponseStream.Current.Message : null;
    }

    private static void Write(string folder, string message)
    {
        using var writer = new RankLogWriter(folder, 1, 0, "w1", TimeProvider.System);
        writer.Add(LogLevel.Information, message);
    }
}
