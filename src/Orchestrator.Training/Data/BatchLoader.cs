namespace Orchestrator.Training.Data;

/// <summary>Prepares the next batches of this rank on a background thread, a few ahead, while the current one is trained.</summary>
internal sealed class BatchLoader : IDisposable
{
    private const int Depth = 3; // one in use, one ready, one being filled
    private static readonly TimeSpan FillTimeout = TimeSpan.FromMinutes(10);

    private readonly IDataset _dataset;
    private readonly BatchPlan _plan;
    private readonly TimeProvider _time;
    private readonly BatchBuffer[] _buffers;
    private readonly SemaphoreSlim _free = new(Depth - 1);
    private readonly SemaphoreSlim _ready = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private Exception? _failure;
    private int _next;

    /// <summary>Starts loading.</summary>
    /// <param name="dataset">What to load.</param>
    /// <param name="plan">Which rows make which batch.</param>
    /// <param name="epoch">First epoch.</param>
    /// <param name="batch">First batch in it.</param>
    /// <param name="epochs">Epoch to end before.</param>
    /// <param name="time">Measures waits.</param>
    internal BatchLoader(IDataset dataset, BatchPlan plan, int epoch, int batch, int epochs, TimeProvider time)
    {
        (_dataset, _plan, _time) = (dataset, plan, time);
        _buffers = [.. Enumerable.Range(0, Depth).Select(_ => new BatchBuffer(dataset, plan.LargestShare))];
        _thread = new Thread(() => Load(epoch, batch, epochs)) { IsBackground = true, Name = "batch-loader" };
        _thread.Start();
    }

    /// <summary>How long calls of <see cref="Next"/> had to wait for a batch, together.</summary>
    internal TimeSpan Waited { get; private set; }

    /// <summary>The next batch; the one before may be overwritten from now on.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="abort"/> was cancelled.</exception>
    internal BatchBuffer Next(CancellationToken abort)
    {
        if (!_ready.Wait(TimeSpan.Zero, abort))
            Wait(abort);
        if (_failure is { } failure)
            throw new InvalidOperationException($"The data could not be loaded: {failure.Message}", failure);
        if (_next > 0)
            _free.Release();
        return _buffers[_next++ % Depth];
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        foreach (var buffer in _buffers)
            buffer.Dispose();
        _free.Dispose();
        _ready.Dispose();
        _stop.Dispose();
    }

    private void Wait(CancellationToken abort)
    {
        var start = _time.GetTimestamp();
        if (!_ready.Wait(FillTimeout, abort))
            throw new TimeoutException($"No batch was loaded for {FillTimeout}.");
        Waited += _time.GetElapsedTime(start);
    }

    private void Load(int epoch, int batch, int epochs)
    {
        try
        {
            var batches = new EpochBatches();
            var buffer = 0;
            for (; epoch < epochs; epoch++, batch = 0)
            {
                _plan.Draw(epoch, batches);
                for (; batch < _plan.BatchesPerEpoch; batch++)
                    Fill(_buffers[buffer++ % Depth], batches[batch]);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
        catch (Exception exception)
        {
            _failure = exception; // seen by the next call of Next
            _ready.Release();
        }
    }

    private void Fill(BatchBuffer buffer, ReadOnlySpan<int> rows)
    {
        _free.Wait(_stop.Token);
        var (start, count) = _plan.Share(rows.Length);
        buffer.Fill(rows, start, count);
        _ready.Release();
    }
}
