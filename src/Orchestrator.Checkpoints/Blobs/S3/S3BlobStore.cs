using Orchestrator.Checkpoints.Manifests;

namespace Orchestrator.Checkpoints.Blobs.S3;

/// <summary>
/// Bundles as objects below a prefix. S3 renames nothing, so a bundle is there when its manifest is, which is written last and never over another
/// one. A marker beside it, <c>.tmp-NAME</c>, tells of a writer or a deletion that has not ended (docs/adr/0019-checkpoints-in-s3.md).
/// </summary>
public sealed class S3BlobStore : IBlobStore
{
    private readonly S3Location _location;
    private readonly S3Bucket _bucket;

    /// <summary>Uses a place in a bucket that exists.</summary>
    /// <param name="location">Where.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CheckpointException">It is not known in which region the bucket is.</exception>
    public S3BlobStore(S3Location location, TimeProvider time)
        : this(location, time, S3Limits.Standard)
    {
    }

    internal S3BlobStore(S3Location location, TimeProvider time, S3Limits limits) => (_location, _bucket) = (location, new S3Bucket(location, limits, time));

    /// <inheritdoc/>
    public IBlobBundle Begin(string name)
    {
        var bundle = new S3BlobBundle(_bucket, name, KeyOf(name), MarkerOf(name));
        bundle.Begin();
        return bundle;
    }

    /// <inheritdoc/>
    public Stream OpenRead(string name, string file)
    {
        var key = $"{KeyOf(name)}/{BlobName.CheckSegment(file)}";
        if (file != CheckpointManifest.FileName && !IsThere(name))
            throw new CheckpointException(CheckpointError.NotFound, $"There is no {_bucket.Place(ManifestOf(name))}.");
        return _bucket.Open(key);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string prefix)
    {
        var start = prefix.Length == 0 ? _location.KeyOf("") : KeyOf(prefix);
        if (start.Length > 0) start += '/';
        return [.. _bucket.List(start)
            .Select(item => item.Key[start.Length..].Split('/'))
            .Where(parts => parts is [var leaf, CheckpointManifest.FileName] && leaf[0] != '.')
            .Select(parts => prefix.Length == 0 ? parts[0] : $"{prefix}/{parts[0]}")
            .Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public void Delete(string name)
    {
        var (manifest, marker) = (ManifestOf(name), MarkerOf(name));
        if (_bucket.Find(manifest) is null)
            return;
        _bucket.Put(marker, [], 0);
        _bucket.Delete(manifest);
        Erase(name);
        _bucket.Delete(marker);
    }

    /// <inheritdoc/>
    public void RemoveLeftovers(string prefix)
    {
        var start = _location.KeyOf(prefix.Length == 0 ? BlobName.TemporaryPrefix : $"{BlobName.Check(prefix)}/{BlobName.TemporaryPrefix}");
        foreach (var marker in _bucket.List(start).ToList())
        {
            var leaf = marker.Key[start.Length..];
            var name = prefix.Length == 0 ? leaf : $"{prefix}/{leaf}";
            if (!IsThere(name))
                Erase(name);
            _bucket.Delete(marker.Key);
        }
    }

    private bool IsThere(string name) => _bucket.Find(ManifestOf(name)) is not null;

    private void Erase(string name)
    {
        var start = KeyOf(name) + "/";
        _bucket.AbortUploads(start);
        _bucket.Delete(_bucket.List(start).Select(item => item.Key));
    }

    private string KeyOf(string name) => _location.KeyOf(BlobName.Check(name));

    private string ManifestOf(string name) => $"{KeyOf(name)}/{CheckpointManifest.FileName}";

    private string MarkerOf(string name)
    {
        var slash = BlobName.Check(name).LastIndexOf('/') + 1;
        return _location.KeyOf($"{name[..slash]}{BlobName.TemporaryPrefix}{name[slash..]}");
    }
}
