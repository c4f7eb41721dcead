using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

public sealed class ConnectionTests
{
    [Fact]
    public async Task WaitForReady_ServerComesLater_CallIsAnswered()
    {
        await using var host = await GrpcHost.StartAsync();
        var refusals = 0;
        using var channel = ChannelThatRefuses(host, () => refusals++ < 3);
        var reply = await new Echo.EchoClient(channel).UnaryAsync(new EchoRequest { Text = "late" }, new CallOptions().WithWaitForReady())
            .ResponseAsync.WaitAsync(GrpcHost.Patience);
        Assert.Equal("late", reply.Text);
        Assert.Equal(4, refusals);
    }

    [Fact]
    public async Task WaitForReady_Streaming_CallIsAnswered()
    {
        await using var host = await GrpcHost.StartAsync();
        var refusals = 0;
        using var channel = ChannelThatRefuses(host, () => refusals++ < 3);
        using var call = new Echo.EchoClient(channel).Chat(new CallOptions().WithWaitForReady());
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "late" }).WaitAsync(GrpcHost.Patience);
        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        Assert.Equal("late", call.ResponseStream.Current.Text);
    }

    [Fact]
    public async Task WaitForReady_ServerNeverComes_DeadlineExceeded()
    {
        await using var host = await GrpcHost.StartAsync();
        using var channel = ChannelThatRefuses(host, () => true);
        var options = new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300)).WithWaitForReady();
        using var call = new Echo.EchoClient(channel).UnaryAsync(new EchoRequest(), options);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public async Task NotWaitForReady_ServerRefuses_Unavailable()
    {
        await using var host = await GrpcHost.StartAsync();
        var refusals = 0;
        using var channel = ChannelThatRefuses(host, () => refusals++ < 1);
        using var call = new Echo.EchoClient(channel).UnaryAsync(new EchoRequest());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Equal(1, refusals);
    }

    [Fact]
    public async Task Connection_Dropped_BothSidesKnowAndNextCallReconnects()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Expand = async (_, replies, context) =>
            {
                await replies.WriteAsync(new EchoReply { Text = "first" });
                await CancellationTests.HangAsync<EchoReply>(context, null, cancelled);
            },
        });
        await using var proxy = new TcpProxy(host.Address);
        using var channel = GrpcChannel.ForAddress(proxy.Address);
        var client = new Echo.EchoClient(channel);
        using var call = client.Expand(new EchoRequest());
        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        proxy.DropConnections();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        await cancelled.Task.WaitAsync(GrpcHost.Patience);

        var reply = await client.UnaryAsync(new EchoRequest { Text = "again" }).ResponseAsync.WaitAsync(GrpcHost.Patience);
        Assert.Equal("again", reply.Text);
        Assert.Equal(2, proxy.Accepted);
    }

    [Fact]
    public async Task Connection_Frozen_KeepAliveEndsTheCall()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await GrpcHost.StartAsync(
            new EchoBehaviour { Unary = (_, context) => CancellationTests.HangAsync<EchoReply>(context, started, cancelled) },
            kestrel: o =>
            {
                o.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(1);
                o.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(1);
            });
        await using var proxy = new TcpProxy(host.Address);
        var handler = new SocketsHttpHandler { KeepAlivePingDelay = TimeSpan.FromSeconds(1), KeepAlivePingTimeout = TimeSpan.FromSeconds(1) };
        using var channel = GrpcChannel.ForAddress(proxy.Address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        using var call = new Echo.EchoClient(channel).UnaryAsync(new EchoRequest());
        await started.Task.WaitAsync(GrpcHost.Patience);
        proxy.Freeze();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        await cancelled.Task.WaitAsync(GrpcHost.Patience);
    }

    [Fact]
    public async Task Server_Stops_CallInProgressEnds()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var host = await GrpcHost.StartAsync(new EchoBehaviour { Unary = (_, context) => CancellationTests.HangAsync<EchoReply>(context, started, cancelled) });
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var call = new Echo.EchoClient(channel).UnaryAsync(new EchoRequest());
        await started.Task.WaitAsync(GrpcHost.Patience);
        await host.DisposeAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.True(error.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Internal, $"{error.Status}");
    }

    private static GrpcChannel ChannelThatRefuses(GrpcHost host, Func<bool> refuse)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                if (refuse()) throw new SocketException((int)SocketError.ConnectionRefused);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return GrpcChannel.ForAddress(
            host.Address,
            new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true, InitialReconnectBackoff = TimeSpan.FromMilliseconds(1) });
    }
}
