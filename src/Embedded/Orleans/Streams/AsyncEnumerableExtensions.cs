namespace Orleans.Runtime;

public static class AsyncEnumerableExtensions
{
    /// <summary>Sets how many elements a call to the grain may bring at once. Default: 100.</summary>
    public static IAsyncEnumerable<T> WithBatchSize<T>(this IAsyncEnumerable<T> self, int maxBatchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatchSize, 1);
        return self is GrainStream<T> stream ? stream.WithBatchSize(maxBatchSize) : self;
    }
}
