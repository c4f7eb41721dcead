using Orchestrator.Protocol;
using Orchestrator.ServiceDefaults.Logs;
using Orchestrator.Worker.Hosting;

namespace Orchestrator.Worker.Attempts;

/// <summary>Copies what the worker logs while an attempt runs into the log of that attempt. Thread-safe.</summary>
public sealed class AttemptLog(WorkerOptions options, TimeProvider time) : ILoggerProvider
{
    private volatile RankLogWriter? _writer;

    /// <summary>Begins the log of an attempt; to be disposed when the attempt has ended.</summary>
    /// <param name="assign">The attempt.</param>
    /// <param name="experimentFolder">The path of the folder for what its experiment keeps.</param>
    public IDisposable Begin(Assign assign, string experimentFolder)
    {
        var writer = new RankLogWriter(RankLogFolder.Of(experimentFolder, assign.Attempt.Trial), assign.Attempt.Number, assign.Rank, options.Name, time);
        _writer = writer;
        return new Ending(this, writer);
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new AttemptLogger(this);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Ending(AttemptLog log, RankLogWriter writer) : IDisposable
    {
        public void Dispose()
        {
            log._writer = null;
            writer.Dispose();
        }
    }

    private sealed class AttemptLogger(AttemptLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information && log._writer is not null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            log._writer?.Add(logLevel, exception is null ? formatter(state, exception) : $"{formatter(state, exception)}\n{exception}");
        }
    }
}
