using Orchestrator.Kubernetes.Client;

namespace Orchestrator.Kubernetes.Tests.Client;

public sealed class RetryPolicyTests
{
    [Fact]
    public void Pause_WithoutTheServersWord_GrowsWithinBounds()
    {
        var policy = new RetryPolicy(1);
        for (var attempt = 1; attempt <= 20; attempt++)
        {
            var middle = Math.Min(200 * Math.Pow(2, attempt - 1), 10_000);
            Assert.InRange(policy.Pause(attempt, null).TotalMilliseconds, middle / 2, middle * 1.5);
        }
    }

    [Fact]
    public void Pause_ServerSays_IsNotSooner()
    {
        var policy = new RetryPolicy(1);
        Assert.InRange(policy.Pause(1, TimeSpan.FromSeconds(3)).TotalSeconds, 3, 3.2);
        Assert.InRange(policy.Pause(1, TimeSpan.FromDays(1)).TotalSeconds, 30, 30.2);
    }
}
