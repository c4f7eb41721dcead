namespace Orchestrator.Cli.Commands;

/// <summary>Files that only their owner can read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Adds to a file, made where it is missing.</summary>
    public static void Append(string path, string text) => Write(path, text, FileMode.Append);

    /// <summary>Writes a new file.</summary>
    public static void Create(string path, string text)
    {
        File.Delete(path); // what was there may be readable by others
        Write(path, text, FileMode.CreateNew);
    }

    private static void Write(string path, string text, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }
}
