using Grpc.Core;
using Grpc.Net.Client.Internal;

namespace Grpc.Tests.Protocol;

public sealed class CallRetryTests
{
    private static readonly Status Unavailable = new(StatusCode.Unavailable, "");
    private static readonly ReconnectBackoff Reconnect = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

    [Fact]
    public void Next_Failures_BackoffGrowsToItsBound()
    {
        var rules = new RetryRules(6, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), 2, new HashSet<StatusCode> { StatusCode.Unavailable });
        var retry = new CallRetry(rules, null, false, Reconnect, () => 0.5);
        var delays = Enumerable.Range(0, 6).Select(_ => retry.Next(Unavailable, null, null, true)?.TotalSeconds);
        Assert.Equal([0.5, 1, 2, 2.5, 2.5, null], delays);
    }

    [Fact]
    public void Next_CanNotReplay_NoRetry()
    {
        var rules = new RetryRules(6, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), 2, new HashSet<StatusCode> { StatusCode.Unavailable });
        Assert.Null(new CallRetry(rules, null, false, Reconnect, () => 0.5).Next(Unavailable, null, null, false));
    }

    [Fact]
    public void Next_NoConnection_WaitsWithoutCountingAttempts()
    {
        var retry = new CallRetry(null, null, true, Reconnect, () => 0.5);
        var refused = new HttpRequestException(HttpRequestError.ConnectionError);
        var delays = Enumerable.Range(0, 4).Select(_ => retry.Next(Unavailable, refused, null, false)?.TotalSeconds);
        Assert.Equal([1, 1.6, 2, 2], delays);
        Assert.Equal(0, retry.PreviousAttempts);
    }
}
