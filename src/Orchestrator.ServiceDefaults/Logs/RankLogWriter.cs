using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Orchestrator.ServiceDefaults.Logs;

/// <summary>
/// Writes the log of one attempt of a rank. Whoever logs never waits for a disk: lines go through a bounded queue, and where that is full they
/// are counted instead of kept. Thread-safe.
/// </summary>
public sealed class RankLogWriter : IDisposable
{
    private const int QueueLimit = 4096;
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(5);

    private readonly string _folder;
    private readonly int _attempt;
    private readonly int _rank;
    private readonly string _worker;
    private readonly TimeProvider _time;
    private readonly Channel<LogLine> _lines = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });
    private readonly Task _writing;
    private long _dropped;
    private int _segment;

    /// <summary>Begins the log, and deletes those of attempts long past.</summary>
    /// <param name="folder">The folder of the trial's logs, made where it is missing.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="worker">This worker.</param>
    /// <param name="time">The clock.</param>
    public RankLogWriter(string folder, int attempt, int rank, string worker, TimeProvider time)
    {
        (_folder, _attempt, _rank, _worker, _time) = (folder, attempt, rank, worker, time);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Adds a line.</summary>
    public void Add(LogLevel level, string message)
    {
        var text = message.Length > RankLogFolder.MessageLength ? message[..RankLogFolder.MessageLength] + " ..." : message;
        var span = Activity.Current;
        var line = new LogLine(_time.GetUtcNow(), level.ToString().ToLowerInvariant(), _attempt, _rank, _worker, text, span?.TraceId.ToString(), span?.SpanId.ToString());
        if (!_lines.Writer.TryWrite(line)) Interlocked.Increment(ref _dropped);
    }

    /// <summary>Writes what waits, for a while, and ends.</summary>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _writing.Wait(DrainTimeout);
    }

    /// <summary>A disk that can't be written costs the log, and nothing else: the same lines are in the worker's own log.</summary>
    private async Task WriteAsync()
    {
        try
        {
            Directory.CreateDirectory(_folder);
            ForgetOldAttempts();
            while (await _lines.Reader.WaitToReadAsync()) WriteSegment();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _lines.Writer.TryComplete();
        }
    }

    /// <summary>Writes what there is now; a segment that is full is followed by the next.</summary>
    private void WriteSegment()
    {
        using var file = new FileStream(RankLogFolder.PathOf(_folder, _rank, _attempt, _segment), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        while (file.Length < RankLogFolder.SegmentBytes && _lines.Reader.TryRead(out var line))
        {
            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped) Write(file, line with { Message = $"{dropped} lines are missing here: they came faster than they could be written.", Level = "warning" });
            Write(file, line);
        }
        if (file.Length < RankLogFolder.SegmentBytes) return;
        _segment++;
        File.Delete(RankLogFolder.PathOf(_folder, _rank, _attempt, _segment - RankLogFolder.Segments));
    }

    private static void Write(FileStream file, LogLine line)
    {
        file.Write(line.ToUtf8());
        file.WriteByte((byte)'\n');
    }

    private void ForgetOldAttempts()
    {
        foreach (var (attempt, segment) in RankLogFolder.List(_folder, _rank))
        {
            // A worker that took the same attempt up again writes behind what is there.
            if (attempt <= _attempt - RankLogFolder.Attempts) File.Delete(RankLogFolder.PathOf(_folder, _rank, attempt, segment));
            else if (attempt == _attempt) _segment = segment;
        }
    }
}
