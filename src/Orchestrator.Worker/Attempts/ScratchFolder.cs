using System.Collections.Concurrent;

namespace Orchestrator.Worker.Attempts;

/// <summary>
/// A folder of this machine for one attempt. Its owner holds a lock on a file in it, which ends with the process however that ends: so the next worker can
/// tell a folder that was left behind from one in use, also where process ids mean nothing, as between containers.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>How names of these folders begin.</summary>
    public const string Prefix = "orchestrator-attempt-";

    /// <summary>The file that the owner has locked.</summary>
    public const string OwnerFile = "owner";

    // A lock ends with its file, and a file that nobody refers to is closed sooner or later.
    private static readonly ConcurrentBag<FileStream> Left = [];

    private readonly string _root;
    private readonly FileStream _owner;

    private ScratchFolder(string root, FileStream owner) => (_root, _owner) = (root, owner);

    /// <summary>Where files go.</summary>
    public string Files => Path.Combine(_root, "files");

    /// <summary>Makes one.</summary>
    /// <param name="parent">The path of the folder to make it in.</param>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static ScratchFolder Create(string parent)
    {
        var name = $"{Prefix}{Guid.NewGuid():N}";
        var hidden = Path.Combine(parent, "." + name);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(hidden);
        else Directory.CreateDirectory(hidden, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var owner = new FileStream(Path.Combine(hidden, OwnerFile), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        Directory.CreateDirectory(Path.Combine(hidden, "files"));
        var root = Path.Combine(parent, name);
        Directory.Move(hidden, root); // nobody looks at it before it is locked
        return new ScratchFolder(root, owner);
    }

    /// <summary>Deletes the folders whose owners are gone.</summary>
    /// <param name="parent">The path of the folder that they are in.</param>
    public static void DeleteAbandoned(string parent)
    {
        if (!Directory.Exists(parent)) return;
        foreach (var root in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            try
            {
                using var owner = new FileStream(Path.Combine(root, OwnerFile), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                Directory.Delete(root, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // In use, or another user's.
            }
        }
    }

    /// <summary>Deletes it, unless somebody still copies files from it: then it is left until the process has ended.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Files))
        {
            Left.Add(_owner);
            return;
        }
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next worker tries again.
        }
        _owner.Dispose();
    }
}
