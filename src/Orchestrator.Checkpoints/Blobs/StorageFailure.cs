namespace Orchestrator.Checkpoints.Blobs;

/// <summary>Turns what the file system throws into one clear message.</summary>
internal static class StorageFailure
{
    private const int UnixNoSpace = 28;
    private const int UnixQuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    internal static void Guard(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Translate(path, exception);
        }
    }

    internal static CheckpointException Translate(string path, Exception exception) =>
        exception.HResult is UnixNoSpace or UnixQuotaExceeded or WindowsDiskFull
            ? new CheckpointException(CheckpointError.NoSpace, $"No space left for {path}: free some, or choose another checkpoint folder.", exception)
            : new CheckpointException(CheckpointError.StorageFailed, $"Cannot use {path}: {exception.Message}", exception);
}
