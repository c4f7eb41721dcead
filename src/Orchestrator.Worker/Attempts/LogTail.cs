namespace Orchestrator.Worker.Attempts;

/// <summary>Remembers the last lines of the worker's log, to go with a failure. Thread-safe.</summary>
public sealed class LogTail : ILoggerProvider
{
    private const int MaxLines = 40;
    private const int MaxLineLength = 500;
    private readonly Queue<string> _lines = new(MaxLines);

    /// <summary>The last lines, oldest first.</summary>
    public string Text()
    {
        lock (_lines) return string.Join('\n', _lines);
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new TailLogger(this);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Add(string line)
    {
        lock (_lines)
        {
            if (_lines.Count == MaxLines) _lines.Dequeue();
            _lines.Enqueue(line.Length > MaxLineLength ? line[..MaxLineLength] : line);
        }
    }

    private sealed class TailLogger(LogTail tail) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            tail.Add($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" {exception.GetType().Name}: {exception.Message}")}");
        }
    }
}
