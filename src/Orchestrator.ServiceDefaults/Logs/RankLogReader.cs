namespace Orchestrator.ServiceDefaults.Logs;

/// <summary>Reads the log of a rank, over all its attempts that are kept, while it may still be written. Used by one reader at a time.</summary>
/// <param name="folder">The folder of the trial's logs, which need not exist yet.</param>
/// <param name="rank">The rank.</param>
public sealed class RankLogReader(string folder, int rank)
{
    private const int ChunkBytes = 64 * 1024;

    private (int Attempt, int Segment) _at = (0, 0);
    private long _offset;

    /// <summary>The lines that were added since the last call, oldest first. A line that is not whole yet comes with a later call.</summary>
    public IEnumerable<LogLine> ReadNew()
    {
        foreach (var segment in RankLogFolder.List(folder, rank))
        {
            if (segment.CompareTo(_at) < 0) continue;
            if (segment != _at) (_at, _offset) = (segment, 0);
            foreach (var line in ReadSegment(RankLogFolder.PathOf(folder, rank, segment.Attempt, segment.Segment))) yield return line;
        }
    }

    private IEnumerable<LogLine> ReadSegment(string path)
    {
        // Trials write where their worker does: a link there could lead to a file that is the coordinator's alone.
        if (!File.Exists(path) || new FileInfo(path).LinkTarget is not null) yield break;
        using var file = Open(path);
        if (file is null) yield break;
        var buffer = new byte[ChunkBytes];
        for (var isMore = true; isMore;)
        {
            file.Position = _offset;
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            isMore = length == buffer.Length;
            var start = 0;
            for (int end; (end = buffer.AsSpan(start, length - start).IndexOf((byte)'\n')) >= 0; start += end + 1)
            {
                if (LogLine.Parse(buffer.AsSpan(start, end)) is { } line) yield return line;
            }
            if (start == 0 && isMore) start = length; // no line is that long: not a log
            _offset += start;
        }
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException)
        {
            return null; // deleted in the meantime
        }
    }
}
