using System.Diagnostics;
using Orchestrator.Coordinator.Tests.Support;
using Orchestrator.Protocol;
using Orchestrator.ServiceDefaults.Telemetry;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Coordinator.Tests;

public sealed class TraceTests : IDisposable
{
    private readonly TemporaryFolder _state = new();

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task Trace_CoordinatorRestartsInTheMiddle_GoesOnWithTheNextAttempt()
    {
        Attempt attempt;
        string trace;
        await using (var coordinator = await Start())
        {
            using (var root = Tracing.Source.StartActivity("test", ActivityKind.Client))
            {
                trace = root!.TraceId.ToString();
                await new Experiments.ExperimentsClient(coordinator.Channel).SubmitAsync(new SubmitRequest { Source = Sweeps.Valid(_state, trials: 1), FileName = "sweep.yaml", BaseDirectory = _state.Path });
            }
            using var worker = new StreamingWorker(coordinator, "w1");
            await worker.Dial();
            var first = await worker.NextAssignment();
            Assert.Equal(trace, TraceOf(first));
            attempt = first.Attempt;
        }

        await using var again = await Start();
        using var sameWorker = new StreamingWorker(again, "w1");
        await sameWorker.Dial(running: attempt);
        await sameWorker.Send(new WorkerMessage { RankEnded = new RankEnded { Attempt = attempt, Sequence = 1, Outcome = Outcome.Interrupted, Reason = "a peer was lost" }, TraceParent = $"00-{trace}-0123456789abcdef-00" });
        var second = await sameWorker.NextAssignment();

        Assert.Equal((2, trace), (second.Attempt.Number, TraceOf(second)));
    }

    /// <summary>With a log for programs there are traces, exported or not.</summary>
    private Task<RunningCoordinator> Start() => RunningCoordinator.Start(_state, options => options with { JsonLog = true });

    private static string? TraceOf(Assign assign) => ActivityContext.TryParse(assign.TraceParent, null, out var context) ? context.TraceId.ToString() : null;
}
