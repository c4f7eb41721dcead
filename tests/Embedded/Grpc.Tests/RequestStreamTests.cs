using Google.Protobuf;
using Grpc.Core;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

/// <summary>What becomes of messages between the write and the transport.</summary>
public sealed class RequestStreamTests
{
    [Fact]
    public async Task Write_BufferHint_GoesWithTheNextWrite()
    {
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.Chat();
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "first" }).WaitAsync(GrpcHost.Patience);
        call.RequestStream.WriteOptions = null;
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "second" }).WaitAsync(GrpcHost.Patience);
        Assert.Equal(["first", "second"], [await ReadAsync(call), await ReadAsync(call)]);
    }

    [Fact]
    public async Task Write_BufferHintThenComplete_IsSent()
    {
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.Collect();
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
        foreach (var text in new[] { "a", "b" }) await call.RequestStream.WriteAsync(new EchoRequest { Text = text }).WaitAsync(GrpcHost.Patience);
        await call.RequestStream.CompleteAsync();
        Assert.Equal("a,b", (await call.ResponseAsync.WaitAsync(GrpcHost.Patience)).Text);
    }

    [Fact]
    public async Task Write_MarshallerFails_LeavesNothingInTheStream()
    {
        await using var host = await GrpcHost.StartAsync();
        var requests = new Marshaller<EchoRequest>(Write, static context => EchoRequest.Parser.ParseFrom(context.PayloadAsReadOnlySequence()));
        var replies = new Marshaller<EchoReply>(static (_, _) => { }, static context => EchoReply.Parser.ParseFrom(context.PayloadAsReadOnlySequence()));
        var method = new Method<EchoRequest, EchoReply>(MethodType.ClientStreaming, "grpc_tests.Echo", "Collect", requests, replies);
        using var call = host.Channel.CreateCallInvoker().AsyncClientStreamingCall(method, null, default);
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "a" }).WaitAsync(GrpcHost.Patience);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new EchoRequest { Text = "bad" }).WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Internal, error.StatusCode);
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "b" }).WaitAsync(GrpcHost.Patience);
        await call.RequestStream.CompleteAsync();
        Assert.Equal("a,b", (await call.ResponseAsync.WaitAsync(GrpcHost.Patience)).Text);

        static void Write(EchoRequest request, SerializationContext context)
        {
            request.WriteTo(context.GetBufferWriter());
            if (request.Text == "bad") throw new InvalidOperationException("Half of it is written.");
            context.Complete();
        }
    }

    [Fact]
    public async Task Write_ManySmallOnes_ArriveWholeAndInOrder()
    {
        const int count = 20_000;
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.Collect();
        for (var i = 0; i < count; i++) await call.RequestStream.WriteAsync(new EchoRequest { Text = $"{i}" }).WaitAsync(GrpcHost.Patience);
        await call.RequestStream.CompleteAsync();
        Assert.Equal(string.Join(',', Enumerable.Range(0, count)), (await call.ResponseAsync.WaitAsync(GrpcHost.Patience)).Text);
    }

    private static async Task<string> ReadAsync(AsyncDuplexStreamingCall<EchoRequest, EchoReply> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(GrpcHost.Patience));
        return call.ResponseStream.Current.Text;
    }
}
