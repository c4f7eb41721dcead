using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Orchestrator.ServiceDefaults.Telemetry;

/// <summary>How the hosts log: one line per event on standard error, with the time in UTC; standard output is for results.</summary>
public static class PlainConsole
{
    private const string Time = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <summary>Logs that way, and nothing of the frameworks below a warning.</summary>
    /// <param name="logging">The host's logging.</param>
    /// <param name="json">As JSON objects for programs, with the ids of trace and span where a line belongs to a request; false: for people.</param>
    public static ILoggingBuilder UsePlainConsole(this ILoggingBuilder logging, bool json)
    {
        logging.ClearProviders();
        if (json)
        {
            logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
            logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat, console.IncludeScopes) = (true, Time, true));
        }
        else
        {
            logging.AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, Time + " "));
        }
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None).AddFilter("Orleans", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning);
    }
}
