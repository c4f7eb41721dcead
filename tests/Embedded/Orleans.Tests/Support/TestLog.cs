using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Orleans.Tests.Support;

internal sealed class TestLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();

    private Action? Logged { get; set; }

    public IEnumerable<string> Warnings => _entries.Where(e => e.Level >= LogLevel.Warning).Select(e => e.Text);

    /// <summary>Completes when a warning that has <paramref name="text"/> in it has been logged.</summary>
    public Task Warned(string text)
    {
        var warned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (Warnings.Any(w => w.Contains(text, StringComparison.Ordinal))) warned.TrySetResult();
        }
        Logged += Look;
        Look();
        return warned.Task;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _entries.Enqueue((logLevel, formatter(state, exception)));
        Logged?.Invoke();
    }

    public void Dispose() { }
}
