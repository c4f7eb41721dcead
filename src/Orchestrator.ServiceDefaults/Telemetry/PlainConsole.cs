using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Orchestrator.ServiceDefaults.Telemetry;

/// <summary>How the hosts log: one line per event on standard error, with the time in UTC; standard output is for results.</summary>
public static class PlainConsole
{
    /// <summary>Logs that way, and nothing of the frameworks below a warning.</summary>
    public static ILoggingBuilder UsePlainConsole(this ILoggingBuilder logging)
    {
        logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None).AddFilter("Orleans", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning);
    }
}
