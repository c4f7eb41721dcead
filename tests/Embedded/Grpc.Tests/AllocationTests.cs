using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

/// <summary>
/// Bytes allocated for each message, client and server together. What a stream's messages have in their way is there before it is read, so
/// that no count depends on who is faster.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class AllocationTests
{
    private const int Messages = 4000;

    /// <summary>An <see cref="EchoRequest"/> or an <see cref="EchoReply"/>, and some room for what comes with many messages.</summary>
    private const int MessageBytes = 128;

    private static readonly byte[] Scratch = new byte[4096];

    [Fact]
    public async Task ClientStreaming_SmallMessages_NothingButTheMessage()
    {
        var written = NewGate();
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Collect = async (requests, _) =>
            {
                await written.Task;
                var count = 0;
                while (await requests.MoveNext(CancellationToken.None)) count += requests.Current.Count;
                return new EchoReply { Text = $"{count}" };
            },
        });
        var request = new EchoRequest { Count = 1 };
        var perMessage = await MeasureAsync(Messages, async () =>
        {
            using var call = host.Client.Collect();
            for (var i = 0; i < Messages; i++) await call.RequestStream.WriteAsync(request);
            written.SetResult();
            await call.RequestStream.CompleteAsync();
            Assert.Equal($"{Messages}", (await call.ResponseAsync.WaitAsync(GrpcHost.Patience)).Text);
            written = NewGate();
        });
        Assert.InRange(perMessage, 1, MessageBytes);
    }

    [Fact]
    public async Task ServerStreaming_SmallMessages_NothingButTheMessage()
    {
        var written = NewGate();
        var reply = new EchoReply { Text = "x" };
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Expand = async (_, replies, _) =>
            {
                for (var i = 0; i < Messages; i++) await replies.WriteAsync(reply);
                written.SetResult();
            },
        });
        var perMessage = await MeasureAsync(Messages, async () =>
        {
            using var call = host.Client.Expand(new EchoRequest());
            await written.Task.WaitAsync(GrpcHost.Patience);
            var count = 0;
            while (await call.ResponseStream.MoveNext(CancellationToken.None)) count++;
            Assert.Equal(Messages, count);
            written = NewGate();
        });

        // The text is a string of its own.
        Assert.InRange(perMessage, 1, MessageBytes + 32);
    }

    [Fact]
    public async Task Duplex_BigMessages_OneCopyOnEachSide()
    {
        const int bytes = 1 << 20;
        const int count = 20;
        await using var host = await GrpcHost.StartAsync();
        var request = new EchoRequest { Payload = UnsafeByteOperations.UnsafeWrap(new byte[bytes]) };
        var perMessage = await MeasureAsync(count, async () =>
        {
            using var call = host.Client.Chat();
            for (var i = 0; i < count; i++)
            {
                await call.RequestStream.WriteAsync(request).WaitAsync(GrpcHost.Patience);
                Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(GrpcHost.Patience));
            }

            await call.RequestStream.CompleteAsync();
            Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(GrpcHost.Patience));
        });

        // The request on the server, the reply on the client; half a message for buffers that the pool gave back to the system.
        Assert.InRange(perMessage, 2 * bytes, 2 * bytes + bytes / 2);
    }

    [Fact]
    public async Task Unary_BesideBareHttp_FewObjectsMore()
    {
        await using var host = await GrpcHost.StartAsync();
        var request = new EchoRequest { Count = 1 };
        var client = host.Client;
        using var bare = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        var uri = new Uri(new Uri(host.Address), "/grpc_tests.Echo/Unary");
        const int calls = 1000;
        var ofCall = await MeasureAsync(calls, async () =>
        {
            for (var i = 0; i < calls; i++)
            {
                using var call = client.UnaryAsync(request);
                await call.ResponseAsync;
            }
        });
        var ofHttp = await MeasureAsync(calls, async () =>
        {
            for (var i = 0; i < calls; i++) await CallBareAsync(bare, uri);
        });

        // On the client the call, its token, serializer, buffers and answer; both messages. What the server adds is in both counts.
        Assert.InRange(ofCall - ofHttp, 0, 1400);
    }

    private static TaskCompletionSource NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task<long> MeasureAsync(int count, Func<Task> work)
    {
        for (var i = 0; i < 3; i++) await work();
        // What a message allocates is in every round; what else happens in the process is not.
        var least = long.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await work();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        return least / count;
    }

    /// <summary>The same bytes without the client of the library.</summary>
    private static async Task CallBareAsync(HttpMessageInvoker invoker, Uri uri)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new MessageContent(),
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        using var response = await invoker.SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsStreamAsync();
        while (await body.ReadAsync(Scratch) > 0)
        {
            // Only the end matters: the trailers follow it.
        }

        Assert.True(response.TrailingHeaders.NonValidated.Contains("grpc-status"));
    }

    private sealed class MessageContent : HttpContent
    {
        private static readonly byte[] Message = [0, 0, 0, 0, 2, 0x10, 1];
        private static readonly MediaTypeHeaderValue GrpcContentType = new("application/grpc");

        public MessageContent() => Headers.ContentType = GrpcContentType;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(Message).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }
}
