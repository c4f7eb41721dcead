using System.Security.Cryptography;
using Orchestrator.Checkpoints.Blobs;
using Orchestrator.Checkpoints.Manifests;

namespace Orchestrator.Checkpoints;

/// <summary>Checkpoints in a blob store: a bundle each, with a manifest that has the hash of every other file.</summary>
/// <param name="blobs">Where the bundles are.</param>
public sealed class CheckpointStore(IBlobStore blobs)
{
    /// <summary>Writes a checkpoint; it is durable and visible when this returns, and leaves nothing when this throws.</summary>
    /// <param name="name">Its name, new in the store.</param>
    /// <param name="manifest">What it is; <see cref="CheckpointManifest.Files"/> is filled in here.</param>
    /// <param name="files">Its files.</param>
    /// <exception cref="CheckpointException">The storage is full or failed.</exception>
    public WrittenCheckpoint Write(string name, CheckpointManifest manifest, IEnumerable<CheckpointFile> files)
    {
        using var bundle = blobs.Begin(name);
        var written = files.Select(file => Write(bundle, file)).ToList();
        var json = ManifestJson.Write(manifest with { Files = written });
        bundle.Commit(json);
        return new WrittenCheckpoint(Convert.ToHexStringLower(SHA256.HashData(json)), json.Length + written.Sum(file => file.Bytes));
    }

    /// <summary>Opens a checkpoint after checking the size and hash of every file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="manifestSha256">The hash that the catalogue has for the manifest; null where there is no catalogue.</param>
    /// <exception cref="CheckpointException">There is none of that name, or it is damaged or of another version.</exception>
    public StoredCheckpoint Open(string name, string? manifestSha256 = null)
    {
        var json = ReadManifest(name);
        if (manifestSha256 is not null && Convert.ToHexStringLower(SHA256.HashData(json)) != manifestSha256)
            throw new CheckpointException(CheckpointError.Damaged, $"The manifest of checkpoint {name} is not the one that was registered.");
        var manifest = ManifestJson.Read(json, name);
        foreach (var file in manifest.Files)
            Verify(name, file);
        return new StoredCheckpoint(blobs, name, manifest);
    }

    /// <summary>Names of the checkpoints, in ordinal order.</summary>
    public IReadOnlyList<string> List() => blobs.List("");

    /// <summary>Deletes a checkpoint; nothing happens when there is none.</summary>
    public void Delete(string name) => blobs.Delete(name);

    private static ManifestFile Write(IBlobBundle bundle, CheckpointFile file)
    {
        ManifestFile? written = null;
        bundle.Write(file.Name, stream =>
        {
            using var hashing = new HashingStream(stream);
            file.Write(hashing);
            written = new ManifestFile(file.Name, hashing.Length, hashing.Finish());
        });
        return written!;
    }

    private byte[] ReadManifest(string name)
    {
        using var stream = blobs.OpenRead(name, CheckpointManifest.FileName);
        if (stream.Length > ManifestJson.MaximumBytes)
            throw new CheckpointException(CheckpointError.Damaged, $"The manifest of checkpoint {name} has {stream.Length} bytes, more than {ManifestJson.MaximumBytes}.");
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return json;
    }

    private void Verify(string name, ManifestFile file)
    {
        using var stream = OpenListed(name, file);
        if (stream.Length != file.Bytes)
            throw new CheckpointException(CheckpointError.Damaged, $"{name}/{file.Name} has {stream.Length} bytes, its manifest says {file.Bytes}.");
        if (Convert.ToHexStringLower(SHA256.HashData(stream)) != file.Sha256)
            throw new CheckpointException(CheckpointError.Damaged, $"{name}/{file.Name} does not have the hash that its manifest says.");
    }

    private Stream OpenListed(string name, ManifestFile file)
    {
        try
        {
            return blobs.OpenRead(name, file.Name);
        }
        catch (Exception exception) when (exception is ArgumentException or CheckpointException { Error: CheckpointError.NotFound })
        {
            throw new CheckpointException(CheckpointError.Damaged, $"Checkpoint {name} lacks the file {file.Name} that its manifest lists.", exception);
        }
    }
}
