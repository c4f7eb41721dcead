using Orchestrator.Checkpoints.Manifests;

namespace Orchestrator.Checkpoints.Blobs;

internal sealed class FolderBlobBundle(string name, string temporary, string target, Func<string, Stream> create) : IBlobBundle
{
    private bool _committed;

    public void Write(string file, Action<Stream> write)
    {
        var path = Path.Combine(temporary, BlobName.CheckSegment(file));
        StorageFailure.Guard(path, () =>
        {
            using var stream = create(path);
            write(stream);
            stream.Flush();
            (stream as FileStream)?.Flush(flushToDisk: true);
        });
    }

    public void Commit(ReadOnlyMemory<byte> manifest)
    {
        Write(CheckpointManifest.FileName, stream => stream.Write(manifest.Span));
        if (Directory.Exists(target))
            throw new CheckpointException(CheckpointError.StorageFailed, $"A bundle '{name}' exists already at {target}.");
        StorageFailure.Guard(target, () =>
        {
            FolderSync.Flush(temporary);
            Directory.Move(temporary, target);
            _committed = true;
            FolderSync.Flush(Path.GetDirectoryName(target)!);
        });
    }

    public void Dispose()
    {
        if (!_committed && Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);
    }
}
