using Orchestrator.Checkpoints.Blobs;

namespace Orchestrator.Checkpoints;

/// <summary>Where one checkpoint is: a trial's folder and the checkpoint's name in it.</summary>
/// <param name="Folder">Absolute path of the folder.</param>
/// <param name="Name">Name of the checkpoint.</param>
public readonly record struct CheckpointLocation(string Folder, string Name)
{
    /// <summary>Reads the location of a checkpoint: a <c>file:</c> URI or a path.</summary>
    /// <exception cref="CheckpointException">The location is of another scheme or names no folder.</exception>
    public static CheckpointLocation Parse(string location)
    {
        var path = FolderOf(location).TrimEnd(Path.DirectorySeparatorChar);
        if (Path.GetDirectoryName(path) is not { Length: > 0 } folder)
            throw new CheckpointException(CheckpointError.NotFound, $"'{location}' names no checkpoint: give the folder that holds {Manifests.CheckpointManifest.FileName}.");
        return new CheckpointLocation(folder, Path.GetFileName(path));
    }

    /// <summary>The absolute path that a <c>file:</c> URI or a path means.</summary>
    /// <exception cref="CheckpointException">The location is of another scheme.</exception>
    public static string FolderOf(string location)
    {
        if (!location.Contains("://", StringComparison.Ordinal))
            return Path.GetFullPath(location);
        return Uri.TryCreate(location, UriKind.Absolute, out var uri) && uri.IsFile
            ? uri.LocalPath
            : throw new CheckpointException(CheckpointError.StorageFailed, $"'{location}' is not a place for checkpoints that this build knows: use a path or a file: URI.");
    }

    /// <summary>The store that holds the checkpoint.</summary>
    public CheckpointStore OpenStore() => new(new FolderBlobStore(Folder));

    /// <summary>The location as a <c>file:</c> URI.</summary>
    public override string ToString() => new Uri(Path.Combine(Folder, Name)).AbsoluteUri;
}
