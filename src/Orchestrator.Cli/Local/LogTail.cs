namespace Orchestrator.Cli.Local;

/// <summary>The last words of a host.</summary>
internal static class LogTail
{
    private const int Window = 8192;

    /// <summary>The last line of a log that says something, or null.</summary>
    public static string? LastLine(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Seek(-Math.Min(Window, stream.Length), SeekOrigin.End);
            return new StreamReader(stream).ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
