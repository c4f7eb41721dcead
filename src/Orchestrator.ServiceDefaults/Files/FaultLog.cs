using Microsoft.Extensions.Logging;

namespace Orchestrator.ServiceDefaults.Files;

/// <summary>Where faults of files that changed are told. The files are read before the host can log; a fault comes later, when it can.</summary>
public sealed partial class FaultLog
{
    private ILogger? _logger;

    /// <summary>Logs here from now on.</summary>
    public void LogTo(ILogger logger) => _logger = logger;

    /// <summary>Tells a fault.</summary>
    public void Report(string fault)
    {
        if (_logger is { } logger) LogFaulty(logger, fault);
    }

    [LoggerMessage(EventId = 7002, Level = LogLevel.Error, Message = "What was read before counts on: {Fault}")]
    private static partial void LogFaulty(ILogger logger, string fault);
}
