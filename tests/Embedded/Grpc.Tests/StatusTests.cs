using Grpc.Core;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

public sealed class StatusTests
{
    [Fact]
    public async Task Unary_HandlerThrowsRpcException_ClientSeesStatusAndTrailers()
    {
        var details = new byte[] { 8, 3, 18, 1, 120 };
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, _) => throw new RpcException(
                new Status(StatusCode.NotFound, "no such trial: é\n100%"),
                new Metadata { { "reason", "gone" }, { "grpc-status-details-bin", details } }),
        });
        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
        Assert.Equal("no such trial: é\n100%", error.Status.Detail);
        Assert.Equal("gone", error.Trailers.GetValue("reason"));
        Assert.Equal(details, error.Trailers.GetValueBytes("grpc-status-details-bin"));
    }

    [Theory]
    [InlineData(false, "Exception was thrown by handler.")]
    [InlineData(true, "Exception was thrown by handler. InvalidOperationException: secret")]
    public async Task Unary_HandlerThrows_ClientSeesUnknown(bool detailed, string expected)
    {
        await using var host = await GrpcHost.StartAsync(
            new EchoBehaviour { Unary = (_, _) => throw new InvalidOperationException("secret") }, o => o.EnableDetailedErrors = detailed);
        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Unknown, error.StatusCode);
        Assert.Equal(expected, error.Status.Detail);
    }

    [Fact]
    public async Task Unary_HandlerSetsStatus_ClientSeesIt()
    {
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, context) =>
            {
                context.Status = new Status(StatusCode.FailedPrecondition, "not yet");
                return Task.FromResult(new EchoReply());
            },
        });
        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
    }

    [Fact]
    public async Task ServerStreaming_HandlerThrowsAfterReplies_ClientSeesRepliesThenStatus()
    {
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Expand = async (_, replies, _) =>
            {
                await replies.WriteAsync(new EchoReply { Text = "first" });
                throw new RpcException(new Status(StatusCode.DataLoss, "broken"), new Metadata { { "where", "here" } });
            },
        });
        using var call = host.Client.Expand(new EchoRequest());
        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.DataLoss, error.StatusCode);
        Assert.Equal("here", call.GetTrailers().GetValue("where"));
    }

    [Fact]
    public async Task Unary_MethodNotOverridden_Unimplemented()
    {
        await using var host = await GrpcHost.StartAsync<EmptyService>();
        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Theory]
    [InlineData("grpc_tests.Echo", "Nothing", "Method is unimplemented.")]
    [InlineData("grpc_tests.Nobody", "Unary", "Service is unimplemented.")]
    public async Task Unary_UnknownMethod_Unimplemented(string service, string name, string detail)
    {
        await using var host = await GrpcHost.StartAsync();
        var method = new Method<string, string>(MethodType.Unary, service, name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        using var call = host.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, "hello");
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
        Assert.Equal(detail, error.Status.Detail);
    }

    [Fact]
    public async Task Unary_NobodyListens_Unavailable()
    {
        string address;
        await using (var host = await GrpcHost.StartAsync()) address = host.Address;
        using var channel = Net.Client.GrpcChannel.ForAddress(address);
        var error = await Assert.ThrowsAsync<RpcException>(
            () => new Echo.EchoClient(channel).UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    private sealed class EmptyService : Echo.EchoBase;
}
