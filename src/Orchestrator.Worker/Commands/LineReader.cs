using System.Collections.Concurrent;

namespace Orchestrator.Worker.Commands;

/// <summary>Reads a program's output line by line on a thread of its own, so that it can be waited for with a time-out. Bounded: a program that says too much waits.</summary>
internal sealed class LineReader : IDisposable
{
    private const int MostLines = 1000;
    private const int LongestLine = 65_536;

    private readonly BlockingCollection<string> _lines = new(MostLines);
    private readonly CancellationTokenSource _stop = new();
    private readonly TextReader _reader;

    public LineReader(TextReader reader)
    {
        _reader = reader;
        new Thread(Read) { IsBackground = true, Name = "command-output" }.Start();
    }

    /// <summary>Whether all was taken and no more will come.</summary>
    public bool Ended => _lines.IsCompleted;

    /// <summary>The next line; null: none within the time.</summary>
    public string? TryTake(TimeSpan wait, CancellationToken abort) => _lines.TryTake(out var line, (int)wait.TotalMilliseconds, abort) ? line : null;

    public void Dispose() => _stop.Cancel();

    private void Read()
    {
        try
        {
            var line = new char[LongestLine];
            var length = 0;
            for (var next = _reader.Read(); next >= 0; next = _reader.Read())
            {
                if (next != '\n' && length < LongestLine) line[length++] = (char)next;
                if (next != '\n') continue;
                _lines.Add(new string(line, 0, length).TrimEnd('\r'), _stop.Token);
                length = 0;
            }
            if (length > 0) _lines.Add(new string(line, 0, length), _stop.Token);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The program was killed, or nobody listens any more.
        }
        _lines.CompleteAdding();
    }
}
