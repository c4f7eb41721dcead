using Grpc.Core;
using Orchestrator.Coordinator.Hosting;
using Orchestrator.Coordinator.Tests.Support;
using Orchestrator.Protocol;
using Orchestrator.ServiceDefaults.Hosting;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Coordinator.Tests;

public sealed class WorkerStreamTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _state = new();
    private RunningCoordinator _coordinator = null!;

    public async Task InitializeAsync() => _coordinator = await RunningCoordinator.Start(_state);

    public async Task DisposeAsync()
    {
        await _coordinator.DisposeAsync();
    }

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task Connect_RegisterAndSubmit_RunsTheSweepToItsEnd()
    {
        using var worker = new StreamingWorker(_coordinator, "w1");
        Assert.Equal(10, (await worker.Dial()).Registered.LeaseSeconds);
        var experiment = await Submit(trials: 2);

        for (var trial = 1; trial <= 2; trial++)
        {
            var assign = await worker.NextAssignment();
            Assert.Equal((trial, 0, "vae"), (assign.Attempt.Trial, assign.Rank, assign.Task));
            Assert.False((await worker.Acknowledged(Report(assign.Attempt, sequence: 1, epoch: 1, elbo: -100 - trial))).Stale);
            Assert.False((await worker.Acknowledged(Ended(assign.Attempt, sequence: 2))).Stale);
        }

        var last = await LastUpdate(experiment.Id);
        Assert.Equal(("completed", 1), (last.Experiment.Status, last.Experiment.BestTrial));
    }

    [Fact]
    public async Task Connect_FirstMessageIsNotRegister_IsInvalid()
    {
        using var call = new Workers.WorkersClient(_coordinator.Channel).Connect();
        await call.RequestStream.WriteAsync(new WorkerMessage { Heartbeat = new Heartbeat() });

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
    }

    [Fact]
    public async Task Connect_UnknownDevice_IsRefusedForGood()
    {
        using var worker = new StreamingWorker(_coordinator, "w1");

        Assert.Contains("tpu", (await worker.Dial(device: "tpu")).Refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measured_OverARestart_IsKeptOnceAndReadOverGrpcAndRest()
    {
        Attempt attempt;
        WorkerMessage measured;
        using (var worker = new StreamingWorker(_coordinator, "w1"))
        {
            await worker.Dial();
            await Submit(trials: 1);
            attempt = (await worker.NextAssignment()).Attempt;
            measured = Measured(attempt, sequence: 1, "loss", (10, 4), (20, double.NaN), (30, 2));
            Assert.Equal(1, (await worker.Acknowledged(measured)).Sequence);
            await worker.Acknowledged(Measured(attempt, sequence: 2, "elbo", (30, -100.5)));
        }
        await _coordinator.DisposeAsync();

        _coordinator = await RunningCoordinator.Start(_state);
        using var again = new StreamingWorker(_coordinator, "w1");
        await again.Dial(running: attempt);
        await again.Acknowledged(measured);

        using var call = new Experiments.ExperimentsClient(_coordinator.Channel).ReadCurves(new ReadCurvesRequest { Experiment = "tiny-1", Trial = 1 });
        var curves = new List<Curve>();
        while (await call.ResponseStream.MoveNext(default)) curves.Add(call.ResponseStream.Current);
        Assert.Equal(["elbo", "loss"], curves.Select(c => c.Metric));
        Assert.Equal([10, 20, 30], curves[1].Steps);
        Assert.Equal([4, double.NaN, 2], curves[1].Values);
        Assert.Equal("""[{"metric":"elbo","points":[{"step":30,"value":-100.5,"attempt":1}]}]""", await _coordinator.Http.GetStringAsync(new Uri("api/v1/experiments/tiny-1/trials/1/curves?metric=elbo&metric=none", UriKind.Relative)));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await _coordinator.Http.GetAsync(new Uri("api/v1/experiments/tiny-1/trials/2/curves", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("e-1", "loss", -1)]
    [InlineData("e-1", "", 1)]
    [InlineData("../e", "loss", 1)]
    public async Task Measured_NotWhatAWorkerSends_EndsTheStream(string experiment, string metric, long step)
    {
        using var worker = new StreamingWorker(_coordinator, "w1");
        await worker.Dial();
        await worker.Send(Measured(new Attempt { Experiment = experiment, Trial = 1, Number = 1 }, 1, metric, (step, 0)));

        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(worker.Next)).StatusCode);
    }

    [Fact]
    public async Task Report_AttemptNobodyKnows_IsStale()
    {
        using var worker = new StreamingWorker(_coordinator, "w1");
        await worker.Dial();

        Assert.True((await worker.Acknowledged(Report(new Attempt { Experiment = "none-1", Trial = 1, Number = 1 }, 1, 1, 0))).Stale);
    }

    [Fact]
    public async Task Restart_WorkerDialsAgainWithWhatItRuns_GoesOnWithoutLoss()
    {
        Attempt attempt;
        using (var worker = new StreamingWorker(_coordinator, "w1"))
        {
            await worker.Dial();
            await Submit(trials: 1);
            attempt = (await worker.NextAssignment()).Attempt;
            await worker.Acknowledged(Report(attempt, sequence: 1, epoch: 1, elbo: -120));
        }
        await _coordinator.DisposeAsync();

        _coordinator = await RunningCoordinator.Start(_state);
        using var again = new StreamingWorker(_coordinator, "w1");
        await again.Dial(running: attempt);
        Assert.False((await again.Acknowledged(Report(attempt, sequence: 1, epoch: 1, elbo: -120))).Stale);
        Assert.False((await again.Acknowledged(Report(attempt, sequence: 2, epoch: 2, elbo: -110))).Stale);
        await again.Acknowledged(Ended(attempt, sequence: 3));

        var trial = Assert.Single((await LastUpdate("tiny-1")).Trials);
        Assert.Equal((1, 2, -110.0), (trial.Attempt, trial.Epoch, trial.BestMetric));
    }

    [Fact]
    public async Task Submit_FaultyOverGrpc_IsInvalidArgumentWithALinePerFault()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await new Experiments.ExperimentsClient(_coordinator.Channel).SubmitAsync(new SubmitRequest { Source = Sweeps.Faulty, FileName = "bad.yaml" }));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal(2, error.Status.Detail.Split('\n').Length);
        Assert.StartsWith("bad.yaml:4:", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StateFolderIsTaken_EndsWithOneError() =>
        Assert.Equal(ExitCodes.Environment, await CoordinatorHost.Run(RunningCoordinator.Options(_state), CancellationToken.None).WaitAsync(RunningCoordinator.Patience));

    [Fact]
    public async Task Run_PortInUse_EndsWithOneErrorAndFreesTheFolder()
    {
        using var folder = new TemporaryFolder();
        var taken = RunningCoordinator.Options(folder) with { HttpPort = _coordinator.Http.BaseAddress!.Port };

        Assert.Equal(ExitCodes.Environment, await CoordinatorHost.Run(taken, CancellationToken.None).WaitAsync(RunningCoordinator.Patience));

        await using var next = await RunningCoordinator.Start(folder);
    }

    private static WorkerMessage Measured(Attempt attempt, long sequence, string metric, params (long Step, double Value)[] points) => new()
    {
        Measured = new Measured { Attempt = attempt, Sequence = sequence, Series = { new Series { Metric = metric, Steps = { points.Select(p => p.Step) }, Values = { points.Select(p => p.Value) } } } },
    };

    private async Task<Experiment> Submit(int trials) =>
        await new Experiments.ExperimentsClient(_coordinator.Channel).SubmitAsync(new SubmitRequest { Source = Sweeps.Valid(_state, trials) });

    private async Task<ExperimentUpdate> LastUpdate(string experiment)
    {
        using var patience = new CancellationTokenSource(RunningCoordinator.Patience);
        using var watch = new Experiments.ExperimentsClient(_coordinator.Channel).Watch(new WatchRequest { Experiment = experiment }, cancellationToken: patience.Token);
        var last = new ExperimentUpdate();
        while (await watch.ResponseStream.MoveNext(patience.Token))
        {
            var update = watch.ResponseStream.Current;
            last.Experiment = update.Experiment;
            foreach (var trial in update.Trials)
            {
                if (last.Trials.FirstOrDefault(t => t.Number == trial.Number) is { } old) last.Trials.Remove(old);
                last.Trials.Add(trial);
            }
        }
        return last;
    }

    private static WorkerMessage Report(Attempt attempt, long sequence, int epoch, double elbo)
    {
        var report = new Report { Attempt = attempt, Sequence = sequence, Epoch = epoch, Step = epoch * 10 };
        report.Metrics.Add("validation_elbo", elbo);
        return new WorkerMessage { Report = report };
    }

    private static WorkerMessage Ended(Attempt attempt, long sequence) =>
        new() { RankEnded = new RankEnded { Attempt = attempt, Sequence = sequence, Outcome = Outcome.Completed } };
}
