namespace Orleans.Core;

public interface IStorage
{
    /// <value>The version that was last read or written; null if there is none.</value>
    string? Etag { get; }

    bool RecordExists { get; }

    Task ClearStateAsync();

    Task ClearStateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ClearStateAsync();
    }

    Task WriteStateAsync();

    Task WriteStateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return WriteStateAsync();
    }

    Task ReadStateAsync();

    Task ReadStateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ReadStateAsync();
    }
}
