namespace Orchestrator.Checkpoints.Blobs;

/// <summary>
/// Where checkpoints live: named bundles of files. A bundle appears whole or not at all, never changes afterwards, and is gone when
/// deleted. Names are relative paths of letters, digits, '.', '_', '-' and '/'. Implementations are safe for concurrent use.
/// </summary>
public interface IBlobStore
{
    /// <summary>Starts a bundle. Nobody sees it before <see cref="IBlobBundle.Commit"/>.</summary>
    /// <param name="name">Its name. An existing bundle of that name stays as it is; this call or the commit fails.</param>
    /// <exception cref="CheckpointException">A bundle of that name exists, or the storage is full, failed or does not answer.</exception>
    IBlobBundle Begin(string name);

    /// <summary>Opens a file of a bundle for reading; the stream is seekable.</summary>
    /// <exception cref="CheckpointException"><see cref="CheckpointError.NotFound"/> when there is no such file.</exception>
    Stream OpenRead(string name, string file);

    /// <summary>Names of the bundles directly under <paramref name="prefix"/> (a name, or "" for the root), in ordinal order.</summary>
    IReadOnlyList<string> List(string prefix);

    /// <summary>Deletes a bundle; nothing happens when there is none.</summary>
    void Delete(string name);

    /// <summary>Removes what interrupted writers left under <paramref name="prefix"/>. Call it only when nobody writes there.</summary>
    void RemoveLeftovers(string prefix);
}
