using Orchestrator.Checkpoints;
using Orchestrator.Checkpoints.Blobs.S3;
using Orchestrator.Checkpoints.Files;

namespace Orchestrator.Coordinator.Hosting;

/// <summary>The place that has a folder for each experiment: a folder, or a prefix of a bucket.</summary>
internal static partial class CheckpointRoot
{
    /// <summary>What is wrong with what was given as such a place; null: nothing.</summary>
    public static string? Fault(string given)
    {
        if (!S3Location.IsOne(given)) return given.Contains("://", StringComparison.Ordinal) ? $"'{given}' is neither a folder nor an s3:// URL." : null;
        try
        {
            S3Location.Parse(given);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Its URI.</summary>
    public static string UriOf(string given) => S3Location.IsOne(given) ? S3Location.Parse(given).ToString() : new Uri(Path.GetFullPath(given)).AbsoluteUri;

    /// <summary>Looks whether a bucket can be used, so that what is wrong with it is said before anything is trained. One that does not answer may do so later.</summary>
    /// <exception cref="CheckpointException">It can't.</exception>
    public static void Probe(string uri, IServiceProvider services)
    {
        if (!S3Location.IsOne(uri)) return;
        try
        {
            BucketFiles.Probe(S3Location.Parse(uri), services.GetRequiredService<TimeProvider>());
        }
        catch (CheckpointException exception) when (exception.Error == CheckpointError.Unavailable)
        {
            LogUnavailable(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CheckpointRoot)), exception.Message);
        }
    }

    [LoggerMessage(EventId = 1210, Level = LogLevel.Warning, Message = "Checkpoints can't be reached now: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string reason);
}
