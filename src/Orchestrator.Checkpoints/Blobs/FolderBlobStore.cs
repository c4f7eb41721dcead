namespace Orchestrator.Checkpoints.Blobs;

/// <summary>Bundles as folders under a root: written to a temporary sibling, flushed to disk, then renamed.</summary>
public sealed class FolderBlobStore : IBlobStore
{
    private readonly string _root;
    private readonly Func<string, Stream> _create;

    /// <summary>Uses <paramref name="root"/>, which is created with the first bundle.</summary>
    public FolderBlobStore(string root)
        : this(root, path => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
    {
    }

    /// <summary>Lets tests stand in for a failing disk.</summary>
    internal FolderBlobStore(string root, Func<string, Stream> create) => (_root, _create) = (Path.GetFullPath(root), create);

    /// <inheritdoc/>
    public IBlobBundle Begin(string name)
    {
        var target = PathOf(name);
        var parent = Path.GetDirectoryName(target)!;
        var temporary = Path.Combine(parent, $"{BlobName.TemporaryPrefix}{Path.GetFileName(target)}-{Guid.NewGuid():N}");
        StorageFailure.Guard(temporary, () => Directory.CreateDirectory(temporary));
        return new FolderBlobBundle(name, temporary, target, _create);
    }

    /// <inheritdoc/>
    public Stream OpenRead(string name, string file)
    {
        var path = Path.Combine(PathOf(name), BlobName.CheckSegment(file));
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CheckpointException(CheckpointError.NotFound, $"There is no file {path}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.Translate(path, exception);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string prefix)
    {
        var folder = PathOf(prefix);
        if (!Directory.Exists(folder))
            return [];
        return [.. Directory.EnumerateDirectories(folder)
            .Select(path => Path.GetFileName(path))
            .Where(segment => segment[0] != '.')
            .Select(segment => prefix.Length == 0 ? segment : $"{prefix}/{segment}")
            .Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public void Delete(string name)
    {
        var target = PathOf(name);
        // Renamed first, so that a deletion that is interrupted leaves a leftover and not half a bundle.
        var doomed = Path.Combine(Path.GetDirectoryName(target)!, $"{BlobName.TemporaryPrefix}{Path.GetFileName(target)}-{Guid.NewGuid():N}");
        if (!Directory.Exists(target))
            return;
        StorageFailure.Guard(target, () =>
        {
            Directory.Move(target, doomed);
            Directory.Delete(doomed, recursive: true);
        });
    }

    /// <inheritdoc/>
    public void RemoveLeftovers(string prefix)
    {
        var folder = PathOf(prefix);
        if (!Directory.Exists(folder))
            return;
        foreach (var leftover in Directory.EnumerateDirectories(folder, BlobName.TemporaryPrefix + "*"))
            StorageFailure.Guard(leftover, () => Directory.Delete(leftover, recursive: true));
    }

    private string PathOf(string name) => name.Length == 0 ? _root : Path.Combine(_root, BlobName.Check(name));
}
