using System.Text.Json;
using Orchestrator.Domain.Errors;

namespace Orchestrator.Coordinator.Hosting;

/// <summary>
/// The folder that holds everything a coordinator keeps. One coordinator has it at a time, by an exclusive lock that ends with the process.
/// </summary>
public sealed class StateFolder : IDisposable
{
    private readonly FileStream _lock;

    private StateFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    /// <summary>The database.</summary>
    public string Database => System.IO.Path.Combine(Path, "orchestrator.db");

    /// <summary>The folder that has a folder for each experiment.</summary>
    public string Experiments => System.IO.Path.Combine(Path, "experiments");

    /// <summary>A text that only this folder has, and has over restarts.</summary>
    public string Identity
    {
        get
        {
            var file = System.IO.Path.Combine(Path, "identity");
            if (!File.Exists(file)) File.WriteAllText(file, $"{Guid.NewGuid():N}");
            return File.ReadAllText(file);
        }
    }

    private string Metadata => System.IO.Path.Combine(Path, "metadata");

    private string Endpoints => System.IO.Path.Combine(Path, "coordinator.json");

    /// <summary>Makes the folder if need be, and takes it.</summary>
    /// <exception cref="OrchestratorException">It can't be made or written, or another coordinator has it.</exception>
    public static StateFolder Take(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
            var @lock = new FileStream(System.IO.Path.Combine(full, "coordinator.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var folder = new StateFolder(full, @lock);
            Directory.CreateDirectory(folder.Experiments);
            return folder;
        }
        catch (IOException exception) when (File.Exists(System.IO.Path.Combine(full, "coordinator.lock")) && Directory.Exists(full) && IsLocked(exception))
        {
            throw new OrchestratorException("state.taken", $"{full}: another coordinator has this state folder; use it (its address is in coordinator.json), end it, or give another --state.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OrchestratorException("state.unusable", $"{full}: the state folder can't be written ({exception.Message}); give another --state.", exception);
        }
    }

    /// <summary>Remembers where this folder's metadata is kept, so that it is not looked for elsewhere another time.</summary>
    /// <param name="metadata"><c>sqlite</c>, or a URL without its password.</param>
    /// <exception cref="OrchestratorException">It was kept elsewhere until now.</exception>
    public void BindMetadata(string metadata)
    {
        if (!File.Exists(Metadata))
        {
            File.WriteAllText(Metadata, metadata);
            return;
        }
        var bound = File.ReadAllText(Metadata);
        if (bound != metadata)
            throw new OrchestratorException("state.metadata", $"{Path}: the metadata of this state folder is kept in {bound}, not in {metadata}; start with --metadata {bound}, or give another --state.");
    }

    /// <summary>Remembers where checkpoints are, so that they are found there another time too.</summary>
    /// <param name="asked">A folder or an s3:// URL; null: the one that was given last, else a folder in this one.</param>
    /// <returns>Its URI.</returns>
    public string BindCheckpoints(string? asked)
    {
        var file = System.IO.Path.Combine(Path, "checkpoints");
        if (asked is null) return File.Exists(file) ? File.ReadAllText(file) : CheckpointRoot.UriOf(Experiments);
        var uri = CheckpointRoot.UriOf(asked);
        File.WriteAllText(file, uri);
        return uri;
    }

    /// <summary>Says where this coordinator is reached, in <c>coordinator.json</c>, whole or not at all.</summary>
    public void Publish(string http, string grpc)
    {
        var temporary = Endpoints + ".new";
        var version = typeof(StateFolder).Assembly.GetName().Version?.ToString(3);
        File.WriteAllText(temporary, JsonSerializer.Serialize(new { pid = Environment.ProcessId, http, grpc, version }));
        File.Move(temporary, Endpoints, overwrite: true);
    }

    /// <summary>Takes the address back and lets the folder go.</summary>
    public void Dispose()
    {
        File.Delete(Endpoints);
        _lock.Dispose();
    }

    private static bool IsLocked(IOException exception) => exception.HResult is 11 or 13 or unchecked((int)0x80070020) || exception.Message.Contains("being used by another process", StringComparison.Ordinal);
}
