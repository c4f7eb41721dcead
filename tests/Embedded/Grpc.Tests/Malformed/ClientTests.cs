using Grpc.Core;
using Grpc.Tests.Echoes;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.Tests.Malformed;

/// <summary>Responses that no server of ours sends.</summary>
public sealed class ClientTests
{
    private static readonly byte[] Empty = RawCall.Frame(0, 0);

    public static TheoryData<string, byte[], string?, StatusCode> Bodies => new()
    {
        { "no message", [], "0", StatusCode.Unimplemented },
        { "half a prefix", [0, 0, 0], "0", StatusCode.Internal },
        { "truncated payload", RawCall.Frame(0, 10, 1, 2, 3), "0", StatusCode.Internal },
        { "flag that is none", RawCall.Frame(2, 0), "0", StatusCode.Internal },
        { "compressed without encoding", RawCall.Frame(1, 3, 1, 2, 3), "0", StatusCode.Internal },
        { "length over the limit", RawCall.Frame(0, 4 * 1024 * 1024 + 1), "0", StatusCode.ResourceExhausted },
        { "no protobuf", RawCall.Frame(0, 3, 0xFF, 0xFF, 0xFF), "0", StatusCode.Internal },
        { "two messages", [.. Empty, .. Empty], "0", StatusCode.Unimplemented },
        { "no status", Empty, null, StatusCode.Unknown },
        { "status that is no number", Empty, "fine", StatusCode.Unknown },
        { "status that is not known", Empty, "99", StatusCode.Unknown },
        { "failed", Empty, "5", StatusCode.NotFound },
        { "one message", Empty, "0", StatusCode.OK },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_Malformed_StatusThatGrpcNames(string what, byte[] body, string? status, StatusCode expected)
    {
        Assert.NotEmpty(what);
        await using var server = await RawServer.StartAsync(async http =>
        {
            http.Response.ContentType = "application/grpc";
            await http.Response.Body.WriteAsync(body);
            if (status is not null) http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers["grpc-status"] = status;
        });
        Assert.Equal(expected, await CallAsync(server));
    }

    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(504, StatusCode.Unavailable)]
    [InlineData(418, StatusCode.Unknown)]
    [InlineData(302, StatusCode.Unknown)]
    [InlineData(200, StatusCode.Unknown)]
    public async Task HttpStatus_WithoutGrpc_IsMapped(int httpStatus, StatusCode expected)
    {
        await using var server = await RawServer.StartAsync(http =>
        {
            http.Response.StatusCode = httpStatus;
            return Task.CompletedTask;
        });
        Assert.Equal(expected, await CallAsync(server));
    }

    [Theory]
    [InlineData(0x1, StatusCode.Internal)]
    [InlineData(0x2, StatusCode.Internal)]
    [InlineData(0x3, StatusCode.Internal)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0xB, StatusCode.ResourceExhausted)]
    [InlineData(0xC, StatusCode.PermissionDenied)]
    public async Task Stream_Reset_IsMapped(int errorCode, StatusCode expected)
    {
        await using var server = await RawServer.StartAsync(http =>
        {
            http.Features.GetRequiredFeature<IHttpResetFeature>().Reset(errorCode);
            return Task.CompletedTask;
        });
        Assert.Equal(expected, await CallAsync(server));
    }

    [Theory]
    [InlineData("grpc-encoding", "snappy", StatusCode.Internal)]
    [InlineData("raw-bin", "!!!", StatusCode.OK)]
    public async Task Header_Malformed_StatusThatGrpcNames(string name, string value, StatusCode expected)
    {
        await using var server = await RawServer.StartAsync(async http =>
        {
            http.Response.ContentType = "application/grpc";
            http.Response.Headers[name] = value;
            await http.Response.Body.WriteAsync(Empty);
            http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers["grpc-status"] = "0";
        });
        Assert.Equal(expected, await CallAsync(server));
    }

    [Fact]
    public async Task StatusMessage_BrokenEscapes_StayAsTheyAre()
    {
        await using var server = await RawServer.StartAsync(http =>
        {
            http.Response.ContentType = "application/grpc";
            http.Response.Headers["grpc-status"] = "3";
            http.Response.Headers["grpc-message"] = "100%, %zz, %C3%A9, %";
            return Task.CompletedTask;
        });
        using var call = server.Client.UnaryAsync(new EchoRequest());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal("100%, %zz, é, %", error.Status.Detail);
    }

    internal static async Task<StatusCode> CallAsync(RawServer server)
    {
        using var call = server.Client.UnaryAsync(new EchoRequest { Text = "hello" });
        try
        {
            await call.ResponseAsync.WaitAsync(GrpcHost.Patience);
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }
}
