using Grpc.Net.Client;

namespace Grpc.Tests.Api;

public sealed class UpstreamApiTests
{
    /// <summary>Members of Grpc.Net.Common, an upstream assembly that the listing does not have.</summary>
    private static readonly string[] NetCommon =
    [
        "Grpc.Net.Compression.ICompressionProvider",
        "Grpc.Net.Compression.GzipCompressionProvider",
        "Grpc.Core.AsyncStreamReaderExtensions.ReadAllAsync<1>",
    ];

    [UpstreamListingFact]
    public void Assembly_PublicMembers_AreUpstreams()
    {
        var upstream = File.ReadLines(UpstreamListingFactAttribute.Path!).ToHashSet(StringComparer.Ordinal);
        var own = PublicApi.List(typeof(GrpcChannel).Assembly).Where(line => !upstream.Contains(line) && !NetCommon.Any(line.Contains));
        Assert.Empty(own);
    }
}
