namespace Orleans.Runtime;

/// <summary>The producing end of an enumeration. Its enumerator lives in the activation and moves in its turns only.</summary>
internal sealed class GrainStreamSource<T>(
    Func<object, CancellationToken, IAsyncEnumerable<T>> call, int batchSize, CancellationToken readerToken) : IActivationPart, IDisposable
{
    // Cancelled by the reader, and when the activation ends.
    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(readerToken);
    private Activation? _activation;
    private IAsyncEnumerator<T>? _enumerator;
    private Task<bool>? _moving;
    private bool _isStopped;

    /// <summary>Gathers the elements that are ready, at least one, unless it takes so long that the call would time out.</summary>
    public async Task<StreamBatch<T>> FillAsync(object instance)
    {
        Start(instance);
        var elements = new List<T>();
        while (elements.Count < batchSize)
        {
            _moving ??= _enumerator!.MoveNextAsync().AsTask();
            if (!_moving.IsCompleted && (elements.Count > 0 || !await IsReadyAsync(_moving))) return new(elements, IsLast: false);
            if (_moving is { IsFaulted: true } or { IsCanceled: true } && elements.Count > 0) return new(elements, IsLast: false);
            var moving = _moving;
            _moving = null;
            if (!await MovedAsync(moving)) return new(elements, IsLast: true);
            elements.Add(_enumerator!.Current);
        }
        return new(elements, IsLast: false);
    }

    public async Task StopAsync()
    {
        if (_isStopped || _enumerator is null) return;
        _isStopped = true;
        _activation!.Remove(this);
        await _cancellation.CancelAsync();
        if (_moving is not null) await ((Task)_moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await _enumerator.DisposeAsync();
    }

    public void Dispose() => _cancellation.Dispose();

    Task IActivationPart.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    void IActivationPart.Stop()
    {
        _isStopped = true;
        _cancellation.Cancel();
    }

    private void Start(object instance)
    {
        var current = (Activation)RuntimeContext.Current!;
        if (_activation is null)
        {
            _activation = current;
            current.Add(this);
            _enumerator = call(instance, _cancellation.Token).GetAsyncEnumerator(_cancellation.Token);
        }
        if (_isStopped || _activation != current)
            throw new EnumerationAbortedException($"The enumeration ended, because the activation of {current.GrainId} that produced it has gone.");
    }

    private async Task<bool> MovedAsync(Task<bool> moving)
    {
        try
        {
            if (await moving) return true;
        }
        catch
        {
            await StopAsync();
            throw;
        }
        await StopAsync();
        return false;
    }

    private async Task<bool> IsReadyAsync(Task moving)
    {
        var silo = _activation!.Silo;
        using var enough = new CancellationTokenSource();
        var patience = Task.Delay(silo.StreamPatience, silo.Time, enough.Token);
        var ready = await Task.WhenAny(moving, patience) == moving;
        await enough.CancelAsync();
        return ready;
    }
}
