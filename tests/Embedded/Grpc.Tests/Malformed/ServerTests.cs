using System.Globalization;
using Grpc.Core;
using Grpc.Tests.Echoes;

namespace Grpc.Tests.Malformed;

/// <summary>Requests that no client of ours sends.</summary>
public sealed class ServerTests
{
    private static readonly byte[] Empty = RawCall.Frame(0, 0);

    public static TheoryData<string, byte[], StatusCode> Bodies => new()
    {
        { "no message", [], StatusCode.Unimplemented },
        { "half a prefix", [0, 0, 0], StatusCode.Internal },
        { "truncated payload", RawCall.Frame(0, 10, 1, 2, 3), StatusCode.Internal },
        { "flag that is none", RawCall.Frame(2, 0), StatusCode.Internal },
        { "flag 255", RawCall.Frame(255, 0), StatusCode.Internal },
        { "compressed without encoding", RawCall.Frame(1, 3, 1, 2, 3), StatusCode.Internal },
        { "length over the limit", RawCall.Frame(0, 4 * 1024 * 1024 + 1), StatusCode.ResourceExhausted },
        { "greatest length", RawCall.Frame(0, uint.MaxValue), StatusCode.ResourceExhausted },
        { "no protobuf", RawCall.Frame(0, 3, 0xFF, 0xFF, 0xFF), StatusCode.Internal },
        { "two messages", [.. Empty, .. Empty], StatusCode.Unimplemented },
        { "rest after the message", [.. Empty, 0, 0], StatusCode.Internal },
        { "one message", Empty, StatusCode.OK },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_Malformed_StatusThatGrpcNames(string what, byte[] body, StatusCode expected)
    {
        Assert.NotEmpty(what);
        await using var host = await GrpcHost.StartAsync();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        Assert.Equal(Code(expected), (await RawCall.SendAsync(client, host.Address, body)).GrpcStatus);
    }

    [Theory]
    [InlineData("", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/json", 415)]
    [InlineData("application/grpcish", 415)]
    [InlineData("application/grpc+proto", 200)]
    [InlineData("application/grpc;charset=utf-8", 200)]
    public async Task ContentType_Request_HttpStatusThatGrpcNames(string contentType, int expected)
    {
        await using var host = await GrpcHost.StartAsync();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        Assert.Equal(expected, (await RawCall.SendAsync(client, host.Address, Empty, contentType: contentType)).HttpStatus);
    }

    [Fact]
    public async Task Method_Get_NotAllowed()
    {
        await using var host = await GrpcHost.StartAsync();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        Assert.Equal(405, (await RawCall.SendAsync(client, host.Address, [], method: HttpMethod.Get)).HttpStatus);
    }

    [Theory]
    [InlineData("/grpc_tests.Echo/Nothing")]
    [InlineData("/grpc_tests.Nobody/Unary")]
    public async Task Path_Unknown_Unimplemented(string path)
    {
        await using var host = await GrpcHost.StartAsync();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        Assert.Equal(Code(StatusCode.Unimplemented), (await RawCall.SendAsync(client, host.Address, Empty, path)).GrpcStatus);
    }

    [Fact]
    public async Task Encoding_Unknown_UnimplementedAndWhatIsKnown()
    {
        await using var host = await GrpcHost.StartAsync();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        var answer = await RawCall.SendAsync(client, host.Address, Empty, headers: [("grpc-encoding", "snappy")]);
        Assert.Equal((Code(StatusCode.Unimplemented), "identity,gzip"), (answer.GrpcStatus, answer.AcceptEncoding));
    }

    [Theory]
    [InlineData("grpc-encoding", "gzip", StatusCode.Internal)]
    public async Task Encoding_DamagedGzip_Internal(string header, string value, StatusCode expected)
    {
        await using var host = await GrpcHost.StartAsync();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        var answer = await RawCall.SendAsync(client, host.Address, RawCall.Frame(1, 4, 1, 2, 3, 4), headers: [(header, value)]);
        Assert.Equal(Code(expected), answer.GrpcStatus);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("S")]
    [InlineData("-1S")]
    [InlineData("1.5S")]
    [InlineData("123456789S")]
    [InlineData("1x")]
    public async Task Timeout_Malformed_IsIgnored(string timeout)
    {
        await using var host = await GrpcHost.StartAsync();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        Assert.Equal("0", (await RawCall.SendAsync(client, host.Address, Empty, headers: [("grpc-timeout", timeout)])).GrpcStatus);
    }

    [Theory]
    [InlineData("99999999H", StatusCode.OK)]
    [InlineData("0n", StatusCode.DeadlineExceeded)]
    public async Task Timeout_Extreme_IsObeyed(string timeout, StatusCode expected)
    {
        await using var host = await GrpcHost.StartAsync();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        Assert.Equal(Code(expected), (await RawCall.SendAsync(client, host.Address, Empty, headers: [("grpc-timeout", timeout)])).GrpcStatus);
    }

    [Fact]
    public async Task Metadata_NotBase64_InternalWhenRead()
    {
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, context) => Task.FromResult(new EchoReply { Text = $"{context.RequestHeaders.Count}" }),
        });
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        var answer = await RawCall.SendAsync(client, host.Address, Empty, headers: [("raw-bin", "!!!")]);
        Assert.Equal(Code(StatusCode.Internal), answer.GrpcStatus);
    }

    private static string Code(StatusCode code) => ((int)code).ToString(CultureInfo.InvariantCulture);
}
