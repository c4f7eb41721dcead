using Grpc.Net.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Protocol;
using Orchestrator.Worker.Connection;
using Orchestrator.Worker.Tests.Support;

namespace Orchestrator.Worker.Tests;

public sealed class CoordinatorConnectionTests : IAsyncLifetime, IDisposable
{
    private static readonly Attempt Attempt = new() { Experiment = "e-1", Trial = 1, Number = 1 };

    private readonly CancellationTokenSource _stop = new();
    private readonly Outbox _outbox = new();
    private readonly FakeListener _listener = new();
    private FakeCoordinator _coordinator = null!;
    private GrpcChannel _channel = null!;
    private CoordinatorConnection _connection = null!;
    private Task<string?> _run = null!;

    public async Task InitializeAsync()
    {
        _coordinator = await FakeCoordinator.Start();
        _channel = GrpcChannel.ForAddress(_coordinator.Address);
        _connection = new CoordinatorConnection(
            new Workers.WorkersClient(_channel), new Register { Worker = "w1" }, _outbox, _listener, TimeSpan.FromMinutes(1), TimeProvider.System, NullLogger<CoordinatorConnection>.Instance);
        _run = Task.Run(() => _connection.Run(_stop.Token));
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(FakeCoordinator.Patience);
        await _coordinator.DisposeAsync();
    }

    public void Dispose()
    {
        _channel.Dispose();
        _outbox.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Run_Registered_SendsHeartbeatsWithWhatRuns()
    {
        var first = await _coordinator.NextStream();
        _listener.Running = Attempt;
        await first.Welcome();
        Assert.Equal(Attempt, (await first.Next(WorkerMessage.BodyOneofCase.Heartbeat)).Heartbeat.Running);
        first.Break();

        var again = await (await _coordinator.NextStream()).Welcome();

        Assert.Equal(("w1", Attempt), (again.Worker, again.Running));
    }

    [Fact]
    public async Task Leave_SomethingWaits_IsSentBeforeTheStreamEndsInOrder()
    {
        var stream = await _coordinator.NextStream();
        await stream.Welcome();
        _ = Add(1);
        _connection.Leave();

        Assert.Equal(1, (await stream.Next(WorkerMessage.BodyOneofCase.Report)).Report.Sequence);
        await Assert.ThrowsAsync<EndOfStreamException>(async () =>
        {
            while (true) await stream.Next();
        });
        stream.End();
        Assert.Null(await _run.WaitAsync(FakeCoordinator.Patience));
    }

    [Fact]
    public async Task Run_CoordinatorOfBefore_IsSpared()
    {
        var stream = await _coordinator.NextStream();
        await stream.Welcome(); // which says nothing of curves
        var measured = _outbox.Add(Attempt, 1, new WorkerMessage { Measured = new Measured { Attempt = Attempt, Sequence = 1 } }, CancellationToken.None);
        _ = Add(2);

        Assert.Equal(2, (await stream.Next(WorkerMessage.BodyOneofCase.Report)).Report.Sequence);
        Assert.True(await measured.WaitAsync(FakeCoordinator.Patience));
    }

    [Fact]
    public async Task Run_StreamBreaksBeforeTheAcknowledgement_SendsAgainOnTheNextOne()
    {
        var first = await _coordinator.NextStream();
        await first.Welcome();
        var acknowledged = Add(1);
        Assert.Equal(1, (await first.Next(WorkerMessage.BodyOneofCase.Report)).Report.Sequence);
        first.Break();

        var second = await _coordinator.NextStream();
        await second.Welcome();
        Assert.Equal(1, (await second.Next(WorkerMessage.BodyOneofCase.Report)).Report.Sequence);
        await second.Say(new CoordinatorMessage { Acknowledge = new Acknowledge { Attempt = Attempt, Sequence = 1 } });

        Assert.True(await acknowledged.WaitAsync(FakeCoordinator.Patience));
        Assert.Equal(0, _outbox.Count);
    }

    [Fact]
    public async Task Run_AskedByTheCoordinator_TellsTheListenerInOrder()
    {
        var stream = await _coordinator.NextStream();
        await stream.Welcome();

        await stream.Say(new CoordinatorMessage { Assign = new Assign { Attempt = Attempt } });
        await stream.Say(new CoordinatorMessage { Stop = new Stop { Attempt = Attempt } });
        await stream.Say(new CoordinatorMessage { Drain = new Drain { Reason = "maintenance" } });

        Assert.IsType<Assign>(await _listener.Asked());
        Assert.IsType<Stop>(await _listener.Asked());
        Assert.Equal("maintenance", await _listener.Asked());
    }

    [Fact]
    public async Task Run_ProgressIsNew_SendsItOnce()
    {
        _listener.Progress = new Progress { Attempt = Attempt, Step = 7 };
        var stream = await _coordinator.NextStream();
        await stream.Welcome();

        Assert.Equal(7, (await stream.Next(WorkerMessage.BodyOneofCase.Progress)).Progress.Step);
        Assert.Null(_listener.Progress);
    }

    [Fact]
    public async Task Run_Refused_EndsWithTheReason()
    {
        var stream = await _coordinator.NextStream();
        await stream.Next();

        await stream.Say(new CoordinatorMessage { Refused = new Refused { Reason = "no such device" } });

        Assert.Equal("no such device", await _run.WaitAsync(FakeCoordinator.Patience));
    }

    private Task<bool> Add(long sequence) =>
        _outbox.Add(Attempt, sequence, new WorkerMessage { Report = new Report { Attempt = Attempt, Sequence = sequence } }, CancellationToken.None);
}
