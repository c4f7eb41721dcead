using Embedded.Tests.Shared;

namespace Orleans.Tests;

public sealed class ApiTests
{
    [UpstreamApiFact]
    public Task PublicMembers_AreUpstreams() => UpstreamApi.CheckAsync(typeof(Grain).Assembly, "Orleans-10.2.2.txt");
}
