using Orchestrator.Checkpoints.Manifests;

namespace Orchestrator.Checkpoints.Blobs.S3;

internal sealed class S3BlobBundle(S3Bucket bucket, string name, string folder, string marker) : IBlobBundle
{
    private readonly Dictionary<string, long> _written = new(StringComparer.Ordinal);
    private bool _begun;
    private bool _committed;

    private string Manifest => $"{folder}/{CheckpointManifest.FileName}";

    /// <exception cref="CheckpointException">A bundle of that name exists, or the bucket can't be used.</exception>
    internal void Begin()
    {
        if (bucket.Find(Manifest) is not null)
            throw Exists();
        bucket.Put(marker, [], 0);
        _begun = true;
    }

    public void Write(string file, Action<Stream> write)
    {
        var key = $"{folder}/{BlobName.CheckSegment(file)}";
        StorageFailure.Guard(bucket.Place(key), () =>
        {
            using var stream = new S3UploadStream(bucket, key);
            write(stream);
            stream.Complete();
            _written[key] = stream.Length;
        });
    }

    public void Commit(ReadOnlyMemory<byte> manifest)
    {
        // Another attempt may have removed them as leftovers.
        foreach (var (key, bytes) in _written)
        {
            if (bucket.Find(key)?.Bytes != bytes)
                throw new CheckpointException(CheckpointError.StorageFailed, $"{bucket.Place(key)} is no longer as it was written: another writer has been there.");
        }

        if (!bucket.PutNew(Manifest, manifest.ToArray()))
            throw Exists();
        _committed = true;
        Try(() => bucket.Delete(marker));
    }

    public void Dispose()
    {
        if (!_begun || _committed)
            return;
        _begun = false;
        Try(() =>
        {
            // Another writer may have committed a bundle of this name in the meantime.
            if (bucket.Find(Manifest) is null)
                bucket.Delete(_written.Keys);
            bucket.Delete(marker);
        });
    }

    private CheckpointException Exists() => new(CheckpointError.StorageFailed, $"A bundle '{name}' exists already at {bucket.Place(folder)}.");

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (CheckpointException)
        {
            // What is left has its marker, so the next RemoveLeftovers finds it.
        }
    }
}
