using System.IO.MemoryMappedFiles;

namespace Orchestrator.Collectives.SharedMemory;

/// <summary>Memory that the ranks of one group share: a line and a lane of each rank.</summary>
/// <remarks>
/// It is a file in the memory file system while the group forms. When every rank has mapped it rank 0 deletes the file, so that nothing is
/// left behind whatever dies, and nobody else ever gets in: each group and each generation has memory of its own.
/// </remarks>
internal sealed unsafe class SharedSegment : IDisposable
{
    /// <summary>Bytes through which a rank passes a part of its buffer at a time. Fits the processor's cache.</summary>
    public const int LaneBytes = 2 * 1024 * 1024;

    private const string Folder = "/dev/shm";
    private const string Prefix = "orchestrator-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A group forms in less: a file that is older was left by processes that were killed meanwhile.</summary>
    private static readonly TimeSpan OldestForming = TimeSpan.FromDays(2);

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly int _worldSize;

    private SharedSegment(FileStream stream, int worldSize)
    {
        _worldSize = worldSize;
        _file = MemoryMappedFile.CreateFromFile(stream, null, Size(worldSize), MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, Size(worldSize));
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        Path = stream.Name;
    }

    /// <summary>Where the file is, or was.</summary>
    public string Path { get; }

    /// <summary>Whether this machine can share memory this way.</summary>
    public static bool IsSupported => Futex.IsSupported && Directory.Exists(Folder);

    /// <summary>Makes the memory, of zeros. Its pages are taken at once: to find none left later would end the process.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static SharedSegment Create(int worldSize, TimeProvider time)
    {
        DeleteAbandoned(time);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            PreallocationSize = Size(worldSize),
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new(new(System.IO.Path.Combine(Folder, $"{Prefix}{Guid.NewGuid():N}"), options), worldSize);
    }

    /// <summary>Maps what rank 0 has made.</summary>
    /// <exception cref="IOException">It is not there: this is another machine, or another container.</exception>
    /// <exception cref="UnauthorizedAccessException">It is another user's.</exception>
    public static SharedSegment Open(string path, int worldSize)
    {
        if (System.IO.Path.GetDirectoryName(path) != Folder || !System.IO.Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal))
            throw new IOException($"'{path}' is no memory of a process group.");
        var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length == Size(worldSize))
            return new(stream, worldSize);
        stream.Dispose();
        throw new IOException($"'{path}' is no memory of {worldSize} ranks.");
    }

    /// <summary>Lets nobody else in.</summary>
    public void Unlink() => File.Delete(Path);

    public RankLine* Line(int rank) => (RankLine*)(_start + (long)rank * RankLine.Bytes);

    public byte* Lane(int rank) => _start + LinesBytes(_worldSize) + (long)rank * LaneBytes;

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static long Size(int worldSize) => LinesBytes(worldSize) + (long)worldSize * LaneBytes;

    // Lanes begin at a page.
    private static long LinesBytes(int worldSize) => ((long)worldSize * RankLine.Bytes + 4095) / 4096 * 4096;

    private static void DeleteAbandoned(TimeProvider time)
    {
        var oldest = time.GetUtcNow().UtcDateTime - OldestForming;
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles(Prefix + "*"))
        {
            try
            {
                if (file.LastWriteTimeUtc < oldest)
                    file.Delete();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another user's, to be deleted by that user's next group.
            }
        }
    }
}
