using Orchestrator.Cli.Local;

namespace Orchestrator.Cli.Tests.Local;

public sealed class RestartPolicyTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(1);

    [Fact]
    public void NextDelay_MoreRestarts_DoublesUpToABound()
    {
        var delays = Enumerable.Range(0, 5).Select(count => RestartPolicy.Default with { MaxDelay = TimeSpan.FromMilliseconds(500) } is var policy
            ? policy.NextDelay([.. Enumerable.Repeat(Now, count)], Now)!.Value.TotalMilliseconds
            : 0);

        Assert.Equal([100, 200, 400, 500, 500], delays);
    }

    [Fact]
    public void NextDelay_FiveRestartsInAMinute_GivesUp() => Assert.Null(RestartPolicy.Default.NextDelay([.. Enumerable.Repeat(Now.AddSeconds(-59), 5)], Now));

    [Fact]
    public void NextDelay_RestartsLongAgo_AreForgotten() =>
        Assert.Equal(RestartPolicy.Default.FirstDelay, RestartPolicy.Default.NextDelay([.. Enumerable.Repeat(Now.AddSeconds(-60), 5)], Now));
}
