using Grpc.Core;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

public sealed class CallTypeTests
{
    [Fact]
    public async Task Unary_Request_GivesReply()
    {
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.UnaryAsync(new EchoRequest { Text = "hello" });
        var reply = await call.ResponseAsync.WaitAsync(GrpcHost.Patience);
        Assert.Equal("hello", reply.Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task BlockingUnary_Request_GivesReply()
    {
        await using var host = await GrpcHost.StartAsync();
        Assert.Equal("hello", host.Client.Unary(new EchoRequest { Text = "hello" }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + GrpcHost.Patience).Text);
    }

    [Fact]
    public async Task ClientStreaming_ThreeRequests_GivesOneReply()
    {
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.Collect();
        foreach (var text in new[] { "a", "b", "c" }) await call.RequestStream.WriteAsync(new EchoRequest { Text = text });
        await call.RequestStream.CompleteAsync();
        Assert.Equal("a,b,c", (await call.ResponseAsync.WaitAsync(GrpcHost.Patience)).Text);
    }

    [Fact]
    public async Task ClientStreaming_NoRequests_GivesOneReply()
    {
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.Collect();
        await call.RequestStream.CompleteAsync();
        Assert.Equal("", (await call.ResponseAsync.WaitAsync(GrpcHost.Patience)).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task ServerStreaming_Request_GivesReplies(int count)
    {
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.Expand(new EchoRequest { Text = "x", Count = count });
        var replies = new List<string>();
        await foreach (var reply in call.ResponseStream.ReadAllAsync()) replies.Add(reply.Text);
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"x{i}"), replies);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Duplex_PingPong_AnswersBeforeNextRequest()
    {
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.Chat();
        for (var i = 0; i < 100; i++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = $"{i}" });
            Assert.True(await call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
            Assert.Equal($"{i}", call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
    }

    [Fact]
    public async Task Unary_ManyAtOnce_AllAnswered()
    {
        await using var host = await GrpcHost.StartAsync();
        var client = host.Client;
        var replies = await Task.WhenAll(Enumerable.Range(0, 500).Select(async i => (await client.UnaryAsync(new EchoRequest { Text = $"{i}" })).Text))
            .WaitAsync(GrpcHost.Patience);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), replies);
    }
}
