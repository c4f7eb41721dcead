using Google.Protobuf;
using Grpc.Core;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

public sealed class MessageSizeTests
{
    private static EchoRequest Request(int bytes) => new() { Payload = UnsafeByteOperations.UnsafeWrap(new byte[bytes]) };

    [Fact]
    public async Task Unary_RequestOverServerLimit_ResourceExhausted()
    {
        await using var host = await GrpcHost.StartAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.UnaryAsync(Request(5 << 20)).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task Unary_RequestOverClientLimit_ResourceExhausted()
    {
        await using var host = await GrpcHost.StartAsync(client: new() { MaxSendMessageSize = 1000 });
        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.UnaryAsync(Request(1001)).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task Unary_ReplyOverClientLimit_ResourceExhausted()
    {
        await using var host = await GrpcHost.StartAsync(client: new() { MaxReceiveMessageSize = 1000 });
        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.UnaryAsync(Request(1001)).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task Unary_ReplyOverServerLimit_ResourceExhausted()
    {
        await using var host = await GrpcHost.StartAsync(server: o => o.MaxSendMessageSize = 1000);
        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.UnaryAsync(Request(1001)).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 10)]
    [InlineData(1 << 20)]
    [InlineData(64 << 20)]
    public async Task Duplex_Payload_ComesBackUnchanged(int bytes)
    {
        await using var host = await GrpcHost.StartAsync(server: o => o.MaxReceiveMessageSize = null, client: new() { MaxReceiveMessageSize = null });
        var payload = new byte[bytes];
        new Random(bytes).NextBytes(payload);
        using var call = host.Client.Chat();
        for (var i = 0; i < 2; i++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Payload = UnsafeByteOperations.UnsafeWrap(payload) }).WaitAsync(GrpcHost.Patience);
            Assert.True(await call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
            Assert.True(call.ResponseStream.Current.Payload.Span.SequenceEqual(payload));
        }
    }
}
