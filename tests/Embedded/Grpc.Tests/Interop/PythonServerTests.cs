using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Echoes;

namespace Grpc.Tests.Interop;

/// <summary>The client, served by another implementation.</summary>
public sealed class PythonServerTests : IAsyncLifetime
{
    private Python? _server;
    private GrpcChannel? _channel;

    private Echo.EchoClient Client => new(_channel!);

    private static DateTime InTime => TimeProvider.System.GetUtcNow().UtcDateTime + GrpcHost.Patience;

    public async Task InitializeAsync()
    {
        if (Python.Missing is not null) return;
        (_server, var address) = await Python.StartServerAsync();
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = null });
    }

    public async Task DisposeAsync()
    {
        _channel?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    [PythonFact]
    public async Task AllCallTypes_Echo_AreAnswered()
    {
        Assert.Equal("hello", (await Client.UnaryAsync(new EchoRequest { Text = "hello" }, deadline: InTime)).Text);

        using var collect = Client.Collect(deadline: InTime);
        foreach (var text in new[] { "a", "b" }) await collect.RequestStream.WriteAsync(new EchoRequest { Text = text });
        await collect.RequestStream.CompleteAsync();
        Assert.Equal("a,b", (await collect).Text);

        using var expand = Client.Expand(new EchoRequest { Text = "x", Count = 100 }, deadline: InTime);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"x{i}"), await expand.ResponseStream.ReadAllAsync().Select(r => r.Text).ToListAsync());

        using var chat = Client.Chat(deadline: InTime);
        for (var i = 0; i < 100; i++)
        {
            await chat.RequestStream.WriteAsync(new EchoRequest { Text = $"{i}" });
            Assert.True(await chat.ResponseStream.MoveNext());
            Assert.Equal($"{i}", chat.ResponseStream.Current.Text);
        }

        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext());
    }

    [PythonFact]
    public async Task Unary_Metadata_PassesBothWays()
    {
        byte[] bytes = [0, 1, 254, 255];
        using var call = Client.UnaryAsync(new EchoRequest { Text = "metadata" }, new Metadata { { "text", "some text" }, { "raw-bin", bytes } }, InTime);
        await call;
        Assert.Equal("some text", (await call.ResponseHeadersAsync).GetValue("text"));
        Assert.Equal(bytes, call.GetTrailers().GetValueBytes("raw-bin"));
    }

    [PythonFact]
    public async Task Unary_Fails_StatusAndDetailsArrive()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await Client.UnaryAsync(new EchoRequest { Text = "fail" }, deadline: InTime));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
        Assert.Equal("no such trial: é\n100%", error.Status.Detail);
        Assert.Equal([8, 5], error.Trailers.GetValueBytes("grpc-status-details-bin")!);
    }

    [PythonTheory]
    [InlineData("crash", StatusCode.Unknown)]
    [InlineData("garbage", StatusCode.Internal)]
    public async Task Unary_ServerMisbehaves_StatusThatGrpcNames(string text, StatusCode code)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await Client.UnaryAsync(new EchoRequest { Text = text }, deadline: InTime));
        Assert.Equal(code, error.StatusCode);
    }

    [PythonFact]
    public async Task Unary_UnknownMethod_Unimplemented()
    {
        var method = new Method<string, string>(MethodType.Unary, "grpc_tests.Echo", "Nothing", Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        using var call = _channel!.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(deadline: InTime), "");
        var error = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [PythonFact]
    public async Task Unary_Gzip_PayloadUnchanged()
    {
        var payload = ByteString.CopyFrom(new byte[100_000]);
        var metadata = new Metadata { { "grpc-internal-encoding-request", "gzip" } };
        Assert.Equal(payload, (await Client.UnaryAsync(new EchoRequest { Text = "zip", Payload = payload }, metadata, InTime)).Payload);
    }

    [PythonFact]
    public async Task UnaryAndDuplex_64MiB_PayloadUnchanged()
    {
        var payload = new byte[64 << 20];
        new Random(1).NextBytes(payload);
        var request = new EchoRequest { Payload = UnsafeByteOperations.UnsafeWrap(payload) };
        Assert.True((await Client.UnaryAsync(request, deadline: InTime)).Payload.Span.SequenceEqual(payload));
        using var chat = Client.Chat(deadline: InTime);
        await chat.RequestStream.WriteAsync(request);
        Assert.True(await chat.ResponseStream.MoveNext());
        Assert.True(chat.ResponseStream.Current.Payload.Span.SequenceEqual(payload));
    }

    [PythonFact]
    public async Task ServerStreaming_DeadlineInMidStream_BothSidesKnow()
    {
        using var call = Client.Expand(new EchoRequest { Text = "forever" }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(2));
        Assert.True(await call.ResponseStream.MoveNext());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        await Client.UnaryAsync(new EchoRequest { Text = "ended" }, deadline: InTime);
    }

    [PythonFact]
    public async Task ServerStreaming_Cancelled_ServerKnows()
    {
        using var call = Client.Expand(new EchoRequest { Text = "forever" }, deadline: InTime);
        Assert.True(await call.ResponseStream.MoveNext());
        call.Dispose();
        await Client.UnaryAsync(new EchoRequest { Text = "ended" }, deadline: InTime);
    }

    [PythonFact]
    public async Task ServerStreaming_ServerDies_Unavailable()
    {
        using var call = Client.Expand(new EchoRequest { Text = "die" }, deadline: InTime);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.ReadAllAsync().CountAsync());
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    [PythonFact]
    public async Task ClientStreaming_SlowServer_WriterWaits()
    {
        const int count = 128;
        var request = new EchoRequest { Text = "x", Payload = ByteString.CopyFrom(new byte[1 << 20]) };
        using var call = Client.Collect(new Metadata { { "slow", "yes" } }, InTime);
        var written = 0;
        var writing = WriteAsync();
        for (var before = -1; before != Volatile.Read(ref written);)
        {
            before = Volatile.Read(ref written);
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }

        Assert.InRange(written, 0, count - 1);
        await Client.UnaryAsync(new EchoRequest { Text = "read" }, deadline: InTime);
        await writing.WaitAsync(GrpcHost.Patience);
        Assert.Equal(string.Join(',', Enumerable.Repeat("x", count)), (await call).Text);

        async Task WriteAsync()
        {
            for (; written < count; Interlocked.Increment(ref written)) await call.RequestStream.WriteAsync(request);
            await call.RequestStream.CompleteAsync();
        }
    }

    [PythonFact]
    public async Task ServerStreaming_SlowReader_ServerWaits()
    {
        const int count = 128;
        var request = new EchoRequest { Text = "slow", Payload = ByteString.CopyFrom(new byte[1 << 20]), Count = count };
        using var call = Client.Expand(request, deadline: InTime);
        Assert.True(await call.ResponseStream.MoveNext());
        var written = -1;
        for (var before = -2; before != written;)
        {
            before = written;
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
            written = int.Parse((await Client.UnaryAsync(new EchoRequest { Text = "written" }, deadline: InTime)).Text, null);
        }

        Assert.InRange(written, 0, count - 1);
        Assert.Equal(count - 1, await call.ResponseStream.ReadAllAsync().CountAsync());
    }
}
