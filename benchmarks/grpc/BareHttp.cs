using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.Benchmarks;

/// <summary>The bytes of a unary call without the library: the most that Kestrel and SocketsHttpHandler allow.</summary>
internal sealed class BareHttp(string address) : IDisposable
{
    public const string Path = "/bare/call";

    private static readonly byte[] Message = [0, 0, 0, 0, 2, 8, 1];

    private readonly Uri _uri = new(new Uri(address), Path);
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler { EnableMultipleHttp2Connections = true, UseCookies = false, AllowAutoRedirect = false });

    public static async Task ServeAsync(HttpContext http)
    {
        var body = http.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync();
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        http.Response.ContentType = "application/grpc";
        http.Response.BodyWriter.Write(Message);
        http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers["grpc-status"] = "0";
    }

    public async Task<long> CallAsync(Func<bool> go)
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, Workload.InFlight).Select(_ => Task.Run(CallerAsync)));
        return counts.Sum();

        async Task<long> CallerAsync()
        {
            var calls = 0L;
            for (; go(); calls++) await CallOnceAsync();
            return calls;
        }
    }

    public void Dispose() => _invoker.Dispose();

    private async Task CallOnceAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _uri) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher };
        request.Content = new MessageContent();
        request.Headers.TryAddWithoutValidation("te", "trailers");
        using var response = await _invoker.SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsStreamAsync();
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        while (await body.ReadAsync(buffer) > 0)
        {
            // Only the end matters: the trailers follow it.
        }

        ArrayPool<byte>.Shared.Return(buffer);
        if (!response.TrailingHeaders.NonValidated.Contains("grpc-status")) throw new InvalidOperationException("No trailers.");
    }

    private sealed class MessageContent : HttpContent
    {
        private static readonly MediaTypeHeaderValue GrpcContentType = new("application/grpc");

        public MessageContent() => Headers.ContentType = GrpcContentType;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(Message).AsTask();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            stream.WriteAsync(Message, cancellationToken).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }
}
