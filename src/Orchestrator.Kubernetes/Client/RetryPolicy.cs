using System.Net;
using Orchestrator.Domain.Randomness;

namespace Orchestrator.Kubernetes.Client;

/// <summary>Which requests are sent again, and when.</summary>
/// <param name="seed">Of the jitter.</param>
internal sealed class RetryPolicy(ulong seed)
{
    /// <summary>How often a request is sent at most.</summary>
    public const int Attempts = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestObeyed = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private SplitMix64 _jitter = new(seed);

    /// <summary>Whether an answer may be another one later. The server did not act on the request, or acting twice is the same.</summary>
    public static bool IsTransient(HttpStatusCode status) => status is
        HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>How long to wait after an attempt, 1 for the first: as the server asks, within bounds, or growing, with jitter.</summary>
    public TimeSpan Pause(int attempt, TimeSpan? retryAfter)
    {
        double draw;
        lock (_lock) draw = _jitter.NextDouble();
        if (retryAfter is { } asked) return (asked < LongestObeyed ? asked : LongestObeyed) + (FirstPause * draw);
        var pause = FirstPause * Math.Pow(2, attempt - 1);
        return (pause < LongestPause ? pause : LongestPause) * (0.5 + draw);
    }
}
