namespace Orleans.Runtime;

/// <summary>The elements of a grain method that returns an async enumerable, as its caller sees them. Each enumeration calls the method anew.</summary>
internal sealed class GrainStream<T>(GrainReference grain, Func<object, CancellationToken, IAsyncEnumerable<T>> call, CancellationToken token, int batchSize)
    : IAsyncEnumerable<T>
{
    public const int DefaultBatchSize = 100;

    public GrainStream<T> WithBatchSize(int size) => new(grain, call, token, size);

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var reader = CancellationTokenSource.CreateLinkedTokenSource(token, cancellationToken);
        return new GrainStreamReader<T>(grain, new GrainStreamSource<T>(call, batchSize, reader.Token), reader);
    }
}
