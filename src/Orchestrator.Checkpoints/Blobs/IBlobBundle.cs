namespace Orchestrator.Checkpoints.Blobs;

/// <summary>A bundle being written. Disposing it without a commit leaves nothing behind.</summary>
public interface IBlobBundle : IDisposable
{
    /// <summary>Writes one file, durably.</summary>
    /// <param name="file">Its name in the bundle (no '/').</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="CheckpointException"><see cref="CheckpointError.NoSpace"/> or <see cref="CheckpointError.StorageFailed"/>.</exception>
    void Write(string file, Action<Stream> write);

    /// <summary>Writes the last file, <c>manifest.json</c>, and with it makes the bundle visible, whole and durable.</summary>
    /// <param name="manifest">Its content.</param>
    /// <exception cref="CheckpointException">A bundle of that name exists, or the storage failed.</exception>
    void Commit(ReadOnlyMemory<byte> manifest);
}
