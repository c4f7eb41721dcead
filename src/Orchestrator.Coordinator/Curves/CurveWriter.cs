using System.Threading.Channels;
using Orchestrator.Domain.Journal;
using Orchestrator.Domain.Metrics;
using Orchestrator.Grains.Telemetry;

namespace Orchestrator.Coordinator.Curves;

/// <summary>
/// Brings curves from workers' streams to the metric store, apart from all that decides: a store that is slow, gone or full holds no report up and ends no
/// training. What comes while a write is under way makes up the next one. Bounded: a batch that finds no room, or that the store has refused for
/// <see cref="Pauses"/>, is dropped and counted. Workers send again what was not acknowledged; the store keeps a point once.
/// </summary>
internal sealed partial class CurveWriter(IMetricStore store, OrchestratorInstruments instruments, TimeProvider time, ILogger<CurveWriter> logger) : IHostedService, IDisposable
{
    /// <summary>Batches that may wait. A worker sends its next batch when this one is done, so this many trials can run.</summary>
    public const int Capacity = 4096;

    private const int WriteAtOnce = 64; // the journal shares the store, and waits no longer than for these

    /// <summary>How long a store that does not answer is given before the next try.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    private readonly Channel<CurveBatch> _waiting = Channel.CreateBounded<CurveBatch>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private Task _writing = Task.CompletedTask;

    /// <summary>Takes a batch; returns at once.</summary>
    public void Add(CurveBatch batch)
    {
        if (_waiting.Writer.TryWrite(batch)) return;
        Drop(batch, $"{Capacity} batches wait already, or the coordinator ends.");
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writing = Task.Run(WriteAll, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Writes what still waits, as far as the host gives time for it, and takes nothing more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _writing.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task WriteAll()
    {
        var batches = new List<CurveBatch>(WriteAtOnce);
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batches.Count < WriteAtOnce && _waiting.Reader.TryRead(out var batch)) batches.Add(batch);
            await Task.WhenAll(batches.Select(Write));
            batches.Clear();
        }
    }

    /// <summary>Tries again while the store is away, unless the host stops.</summary>
    private async Task Write(CurveBatch batch)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await store.AppendAsync(batch.Attempt, batch.Points, CancellationToken.None);
                instruments.CurvePointsKept(batch.Points.Count);
                batch.Done();
                return;
            }
            catch (JournalUnavailableException) when (attempt < Pauses.Count && !_stopping.IsCancellationRequested)
            {
                await Task.Delay(Pauses[attempt], time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception exception)
            {
                Drop(batch, exception.Message); // whatever it is: curves never end a coordinator
                return;
            }
        }
    }

    private void Drop(CurveBatch batch, string reason)
    {
        instruments.CurvePointsDropped(batch.Points.Count);
        LogDropped($"{batch.Attempt}", batch.Points.Count, reason);
        batch.Done();
    }

    [LoggerMessage(EventId = 1601, Level = LogLevel.Warning, Message = "{Attempt}: {Count} points of its curves are lost: {Reason}")]
    private partial void LogDropped(string attempt, int count, string reason);
}
