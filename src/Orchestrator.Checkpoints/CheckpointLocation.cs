using Orchestrator.Checkpoints.Blobs;
using Orchestrator.Checkpoints.Blobs.S3;
using Orchestrator.Checkpoints.Files;
using Orchestrator.Checkpoints.Manifests;

namespace Orchestrator.Checkpoints;

/// <summary>Where one checkpoint is: a trial's folder and the checkpoint's name in it.</summary>
/// <param name="Folder">Absolute path of the folder, or the s3:// URL of what takes its place.</param>
/// <param name="Name">Name of the checkpoint.</param>
public readonly record struct CheckpointLocation(string Folder, string Name)
{
    /// <summary>Reads the location of a checkpoint: a <c>file:</c> URI, a path or an <c>s3:</c> URL.</summary>
    /// <exception cref="CheckpointException">The location is of another scheme or names no folder.</exception>
    public static CheckpointLocation Parse(string location)
    {
        if (S3Location.IsOne(location))
        {
            var (parent, name) = Read(location, s3 => s3.Split());
            return new CheckpointLocation(parent.ToString(), name);
        }

        var path = FolderOf(location).TrimEnd(Path.DirectorySeparatorChar);
        if (Path.GetDirectoryName(path) is not { Length: > 0 } folder)
            throw new CheckpointException(CheckpointError.NotFound, $"'{location}' names no checkpoint: give the folder that holds {CheckpointManifest.FileName}.");
        return new CheckpointLocation(folder, Path.GetFileName(path));
    }

    /// <summary>The absolute path that a <c>file:</c> URI or a path means; an <c>s3:</c> URL as it is.</summary>
    /// <exception cref="CheckpointException">The location is of another scheme or malformed.</exception>
    public static string FolderOf(string location)
    {
        if (S3Location.IsOne(location))
            return Read(location, s3 => s3.ToString());
        if (!location.Contains("://", StringComparison.Ordinal))
            return Path.GetFullPath(location);
        return Uri.TryCreate(location, UriKind.Absolute, out var uri) && uri.IsFile
            ? uri.LocalPath
            : throw new CheckpointException(CheckpointError.StorageFailed, $"'{location}' is not a place for checkpoints that this build knows: use a path, a file: URI or an s3: URL.");
    }

    /// <summary>The store of what is in a folder.</summary>
    /// <param name="folder">As <see cref="FolderOf"/> gives it.</param>
    public static IBlobStore OpenBlobs(string folder) =>
        S3Location.IsOne(folder) ? new S3BlobStore(Read(folder, s3 => s3), TimeProvider.System) : new FolderBlobStore(folder);

    /// <summary>Opens a single file for reading, of a checkpoint or not.</summary>
    /// <param name="location">A path or an <c>s3:</c> URL.</param>
    /// <exception cref="CheckpointException">There is none in the bucket, or the bucket can't be used.</exception>
    /// <exception cref="IOException">The path can't be read.</exception>
    public static Stream OpenFile(string location)
    {
        if (!S3Location.IsOne(location))
            return File.OpenRead(location);
        var (parent, name) = Read(location, s3 => s3.Split());
        return new BucketFiles(parent, TimeProvider.System).OpenRead(name);
    }

    /// <summary>The store that holds the checkpoint.</summary>
    public CheckpointStore OpenStore() => new(OpenBlobs(Folder));

    /// <summary>The location as a <c>file:</c> URI or an <c>s3:</c> URL.</summary>
    public override string ToString()
    {
        var name = Name;
        return S3Location.IsOne(Folder) ? Read(Folder, s3 => s3.Below(name).ToString()) : new Uri(Path.Combine(Folder, name)).AbsoluteUri;
    }

    private static T Read<T>(string location, Func<S3Location, T> read)
    {
        try
        {
            return read(S3Location.Parse(location));
        }
        catch (FormatException exception)
        {
            throw new CheckpointException(CheckpointError.StorageFailed, exception.Message, exception);
        }
    }
}
