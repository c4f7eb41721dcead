using System.Globalization;

namespace Grpc.Net.Client.Internal;

/// <summary>Decides, for one call, whether a failed attempt is followed by another and when.</summary>
internal sealed class CallRetry(RetryRules? rules, RetryThrottle? throttle, bool waitForReady, ReconnectBackoff reconnect, Func<double> random)
{
    private TimeSpan _upperBound = rules?.InitialBackoff ?? default;
    private TimeSpan _reconnectDelay = reconnect.Initial;
    private int _attempts = 1;

    /// <param name="status">What the attempt ended with.</param>
    /// <param name="error">Null when the server gave the status.</param>
    /// <param name="pushback">The server's <c>grpc-retry-pushback-ms</c>, if any.</param>
    /// <param name="canReplay">Whether all that was sent can be sent again.</param>
    /// <returns>How long to wait; null when the call has failed.</returns>
    public TimeSpan? Next(Status status, Exception? error, string? pushback, bool canReplay)
    {
        // Without a connection nothing was sent: no attempt was made, and the policy does not count it.
        if (waitForReady && IsConnectFailure(error)) return NextReconnect();
        if (rules is null || !canReplay || !rules.Codes.Contains(status.StatusCode)) return null;
        var allowed = throttle?.OnFailure() ?? true;
        if (!allowed || _attempts >= rules.MaxAttempts) return null;
        _attempts++;
        if (pushback is null) return NextBackoff(rules);
        return long.TryParse(pushback, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms <= int.MaxValue ? TimeSpan.FromMilliseconds(ms) : null;
    }

    /// <value>How often the server was asked before the current attempt.</value>
    public int PreviousAttempts => _attempts - 1;

    private static bool IsConnectFailure(Exception? error) => error is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    private TimeSpan NextBackoff(RetryRules policy)
    {
        var delay = random() * _upperBound;
        var next = _upperBound * policy.Multiplier;
        _upperBound = next < policy.MaxBackoff ? next : policy.MaxBackoff;
        return delay;
    }

    private TimeSpan NextReconnect()
    {
        const double multiplier = 1.6;
        const double jitter = 0.2;
        var delay = _reconnectDelay * (1 + jitter * (2 * random() - 1));
        var next = _reconnectDelay * multiplier;
        _reconnectDelay = next < reconnect.Max ? next : reconnect.Max;
        return delay;
    }
}
