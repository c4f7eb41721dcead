namespace Orchestrator.Collectives;

/// <summary>The group of one rank: every result is already in place.</summary>
/// <param name="name">Name of the group.</param>
public sealed class SingleProcessGroup(string name) : IProcessGroup
{
    private volatile bool _disposed;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int WorldSize => 1;

    /// <inheritdoc/>
    public ValueTask AllReduceAsync(ReduceBuffer buffer, ReduceOperation operation = ReduceOperation.Sum, CancellationToken cancellationToken = default)
    {
        ReduceBuffer.ThrowIfInvalid(buffer);
        return BarrierAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask BroadcastAsync(ReduceBuffer buffer, int root, CancellationToken cancellationToken = default)
    {
        ReduceBuffer.ThrowIfInvalid(buffer);
        ArgumentOutOfRangeException.ThrowIfNotEqual(root, 0);
        return BarrierAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask BarrierAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            _disposed = true;
        return _disposed
            ? ValueTask.FromException(new CollectiveException(CollectiveErrorCode.Aborted, $"Process group '{Name}' was ended by this rank; form a new generation."))
            : ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _disposed = true;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
