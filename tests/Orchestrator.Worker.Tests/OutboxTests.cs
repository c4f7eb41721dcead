using Orchestrator.Protocol;
using Orchestrator.Worker.Connection;

namespace Orchestrator.Worker.Tests;

public sealed class OutboxTests : IDisposable
{
    private readonly Outbox _outbox = new(limit: 3);

    public void Dispose() => _outbox.Dispose();

    [Fact]
    public async Task Add_Acknowledged_CompletesAndIsForgotten()
    {
        var sent = Add(1);
        Assert.NotNull(_outbox.TakeNext());

        _outbox.Acknowledge(Ack(1));

        Assert.True(await sent);
        Assert.Equal(0, _outbox.Count);
    }

    [Fact]
    public async Task Add_AttemptIsStale_CompletesWithFalse()
    {
        var sent = Add(1);
        var stale = Ack(1);
        stale.Stale = true;

        _outbox.Acknowledge(stale);

        Assert.False(await sent);
    }

    [Fact]
    public void Rewind_NewConnection_RepeatsWhatWasNotAcknowledgedInOrder()
    {
        Fill(1, 2, 3);
        Assert.Equal([1, 2, 3], TakeAll());
        _outbox.Acknowledge(Ack(2));

        _outbox.Rewind();

        Assert.Equal([1, 3], TakeAll());
    }

    [Fact]
    public void TakeNext_AcknowledgedBeforeItWasSentAgain_IsSkipped()
    {
        Fill(1, 2);
        Assert.Equal([1, 2], TakeAll());
        _outbox.Rewind();
        _outbox.Acknowledge(Ack(1));

        Assert.Equal([2], TakeAll());
    }

    [Fact]
    public void Acknowledge_AnotherAttempt_ChangesNothing()
    {
        Fill(1);

        _outbox.Acknowledge(new Acknowledge { Attempt = new Attempt { Experiment = "e-1", Trial = 1, Number = 2 }, Sequence = 1 });

        Assert.Equal(1, _outbox.Count);
    }

    [Fact]
    public async Task WaitForMore_SomethingIsAdded_Completes()
    {
        var waiting = _outbox.WaitForMore();
        Assert.False(waiting.IsCompleted);

        Fill(1);

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([1], TakeAll());
        Assert.False(_outbox.WaitForMore().IsCompleted);
    }

    [Fact]
    public void Add_Full_WaitsAndCanBeGivenUp()
    {
        Fill(1, 2, 3);
        using var givenUp = new CancellationTokenSource();
        givenUp.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => { _ = Add(4, givenUp.Token); });

        _outbox.Acknowledge(Ack(1));
        Fill(4);
        Assert.Equal(3, _outbox.Count);
    }

    private static Attempt Attempt => new() { Experiment = "e-1", Trial = 1, Number = 1 };

    private Task<bool> Add(long sequence, CancellationToken cancellationToken = default) =>
        _outbox.Add(Attempt, sequence, new WorkerMessage { Report = new Report { Attempt = Attempt, Sequence = sequence } }, cancellationToken);

    private void Fill(params long[] sequences)
    {
        foreach (var sequence in sequences) _ = Add(sequence);
    }

    private static Acknowledge Ack(long sequence) => new() { Attempt = Attempt, Sequence = sequence };

    private List<long> TakeAll()
    {
        List<long> taken = [];
        while (_outbox.TakeNext() is { } message) taken.Add(message.Report.Sequence);
        return taken;
    }
}
