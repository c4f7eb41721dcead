using Orchestrator.Collectives;

namespace Orchestrator.Tasks.Tests;

/// <summary>Ranks that are threads of this process: the sum is taken in the order of the ranks, so that it is the same bits on all.</summary>
internal sealed class LocalProcessGroup : IProcessGroup
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly Shared _shared;

    private LocalProcessGroup(Shared shared, int rank) => (_shared, Rank) = (shared, rank);

    public string Name => "local";

    public int Rank { get; }

    public int WorldSize => _shared.Buffers.Length;

    internal static LocalProcessGroup[] Create(int worldSize)
    {
        var shared = new Shared(worldSize);
        return [.. Enumerable.Range(0, worldSize).Select(rank => new LocalProcessGroup(shared, rank))];
    }

    public ValueTask AllReduceAsync(ReduceBuffer buffer, ReduceOperation operation = ReduceOperation.Sum, CancellationToken cancellationToken = default) =>
        Exchange(buffer, buffers => buffers.Aggregate((left, right) => [.. left.Zip(right, (a, b) => a + b)]));

    public ValueTask BroadcastAsync(ReduceBuffer buffer, int root, CancellationToken cancellationToken = default) =>
        Exchange(buffer, buffers => buffers[root]);

    public ValueTask BarrierAsync(CancellationToken cancellationToken = default) => Exchange(new ReduceBuffer(0, 0, ElementType.Float32), buffers => buffers[0]);

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ValueTask Exchange(ReduceBuffer buffer, Func<double[][], double[]> combine)
    {
        _shared.Buffers[Rank] = Read(buffer);
        Meet();
        var result = combine(_shared.Buffers);
        Meet();
        Write(buffer, result);
        return ValueTask.CompletedTask;
    }

    private void Meet()
    {
        if (!_shared.Barrier.SignalAndWait(Timeout))
            throw new CollectiveException(CollectiveErrorCode.TimedOut, "A rank did not come.");
    }

    private static unsafe double[] Read(ReduceBuffer buffer) => buffer.Type == ElementType.Float64
        ? new Span<double>((void*)buffer.Address, (int)buffer.Count).ToArray()
        : Array.ConvertAll(new Span<float>((void*)buffer.Address, (int)buffer.Count).ToArray(), value => (double)value);

    private static unsafe void Write(ReduceBuffer buffer, double[] values)
    {
        if (buffer.Type == ElementType.Float64)
            values.CopyTo(new Span<double>((void*)buffer.Address, (int)buffer.Count));
        else
            Array.ConvertAll(values, value => (float)value).CopyTo(new Span<float>((void*)buffer.Address, (int)buffer.Count));
    }

    private sealed class Shared(int worldSize)
    {
        internal double[][] Buffers { get; } = new double[worldSize][];

        internal Barrier Barrier { get; } = new(worldSize);
    }
}
