using Orchestrator.Checkpoints.Blobs.S3;

namespace Orchestrator.Checkpoints.Files;

/// <summary>
/// Single files below a prefix of a bucket, each written over when it has grown: logs of ranks, pictures, event files. Checkpoints, which are
/// whole or not there, are in an <see cref="S3BlobStore"/>. Every call waits for the bucket, a bounded time.
/// </summary>
public sealed class BucketFiles
{
    private const int CopyBytes = 128 << 10;

    private readonly string _root;
    private readonly S3Bucket _bucket;

    /// <summary>Uses a place in a bucket that exists.</summary>
    /// <param name="location">Where.</param>
    /// <param name="time">The clock.</param>
    public BucketFiles(S3Location location, TimeProvider time)
        : this(location, time, S3Limits.Standard)
    {
    }

    internal BucketFiles(S3Location location, TimeProvider time, S3Limits limits) => (_root, _bucket) = (RootOf(location), new S3Bucket(location, limits, time));

    /// <summary>Looks whether the place can be used, for a few seconds.</summary>
    /// <exception cref="CheckpointException">It can't; the message says what to do.</exception>
    public static void Probe(S3Location location, TimeProvider time)
    {
        var bucket = new S3Bucket(location, new S3Limits { Retries = 1, PageKeys = 1, Patience = TimeSpan.FromSeconds(5), ConnectPatience = TimeSpan.FromSeconds(5) }, time);
        _ = bucket.List(RootOf(location)).FirstOrDefault();
    }

    /// <summary>The files whose names begin with a text, in their order.</summary>
    /// <exception cref="CheckpointException">The bucket can't be used.</exception>
    public IEnumerable<BucketFile> List(string prefix) =>
        _bucket.List(_root + prefix).Select(item => new BucketFile(item.Key[_root.Length..], item.Bytes, item.WrittenAt, item.ETag));

    /// <summary>Opens a file for reading; the stream is seekable.</summary>
    /// <exception cref="CheckpointException"><see cref="CheckpointError.NotFound"/> where there is none.</exception>
    public Stream OpenRead(string name) => _bucket.Open(_root + name);

    /// <summary>Writes a file: what a local one holds now, though others may be writing it.</summary>
    /// <exception cref="CheckpointException">The bucket can't be used.</exception>
    /// <exception cref="IOException">The local file can't be read.</exception>
    public void Put(string name, string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var upload = new S3UploadStream(_bucket, _root + name);
        file.CopyTo(upload, CopyBytes);
        upload.Complete();
    }

    /// <summary>Deletes files; those that are not there are no error.</summary>
    /// <exception cref="CheckpointException">One can't be deleted; others may have been.</exception>
    public void Delete(IEnumerable<string> names) => _bucket.Delete(names.Select(name => _root + name));

    /// <summary>Gives up the uploads that were begun here and not ended.</summary>
    public void AbortUploads() => _bucket.AbortUploads(_root);

    private static string RootOf(S3Location location) => location.Prefix.Length == 0 ? "" : location.Prefix + "/";
}
