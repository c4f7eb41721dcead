using Grpc.Core;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

public sealed class MetadataTests
{
    [Fact]
    public async Task Unary_Metadata_PassesBothWays()
    {
        var bytes = new byte[] { 0, 1, 254, 255 };
        Metadata? seen = null;
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Unary = async (_, context) =>
            {
                seen = context.RequestHeaders;
                await context.WriteResponseHeadersAsync(new Metadata { { "header", "h" }, { "header-bin", bytes } });
                context.ResponseTrailers.Add("trailer", "t1");
                context.ResponseTrailers.Add("trailer", "t2");
                return new EchoReply();
            },
        });
        using var call = host.Client.UnaryAsync(new EchoRequest(), new Metadata { { "Text", "some text" }, { "raw-bin", bytes }, { "raw-bin", [7] } });
        var headers = await call.ResponseHeadersAsync.WaitAsync(GrpcHost.Patience);
        await call.ResponseAsync.WaitAsync(GrpcHost.Patience);
        Assert.Equal("some text", seen!.GetValue("text"));
        Assert.Equal([bytes, [7]], seen.GetAll("raw-bin").Select(e => e.ValueBytes));
        Assert.Equal("h", headers.GetValue("header"));
        Assert.Equal(bytes, headers.GetValueBytes("header-bin"));
        Assert.Equal(["t1", "t2"], call.GetTrailers().GetAll("trailer").Select(e => e.Value));
    }

    [Fact]
    public async Task Context_Call_KnowsMethodPeerAndDeadline()
    {
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1);
        ServerCallContext? seen = null;
        string? peer = null;
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, context) =>
            {
                seen = context;
                peer = context.Peer;
                return Task.FromResult(new EchoReply());
            },
        });
        await host.Client.UnaryAsync(new EchoRequest(), deadline: deadline).ResponseAsync.WaitAsync(GrpcHost.Patience);
        Assert.Equal("/grpc_tests.Echo/Unary", seen!.Method);
        Assert.StartsWith("ipv4:127.0.0.1:", peer, StringComparison.Ordinal);
        Assert.InRange(seen.Deadline, deadline.AddMinutes(-5), deadline.AddMinutes(5));
    }

    [Theory]
    [InlineData("key", false)]
    [InlineData("KEY_1.2-x", false)]
    [InlineData("key-bin", true)]
    public void Entry_ValidKey_IsLowerCase(string key, bool binary)
    {
        var entry = binary ? new Metadata.Entry(key, [1]) : new Metadata.Entry(key, "v");
        Assert.Equal(key.ToLowerInvariant(), entry.Key);
        Assert.Equal(binary, entry.IsBinary);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("é")]
    [InlineData("text-bin")]
    public void Entry_BadKey_Throws(string key) => Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "v"));
}
