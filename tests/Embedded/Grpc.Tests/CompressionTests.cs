using System.IO.Compression;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

public sealed class CompressionTests
{
    private static readonly Metadata AskForGzip = new() { { "grpc-internal-encoding-request", "gzip" } };

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task Gzip_BothWays_PayloadUnchangedAndFewerBytes(int bytes)
    {
        var counter = new CountingProvider();
        await using var host = await GrpcHost.StartAsync(
            server: o =>
            {
                o.ResponseCompressionAlgorithm = "gzip";
                o.CompressionProviders = [counter];
            });
        var payload = ByteString.CopyFrom(new byte[bytes]);
        var reply = await host.Client.UnaryAsync(new EchoRequest { Payload = payload }, AskForGzip).ResponseAsync.WaitAsync(GrpcHost.Patience);
        Assert.Equal(payload, reply.Payload);
        Assert.Equal((1, 1), (counter.Compressed, counter.Decompressed));
    }

    [Fact]
    public async Task Gzip_NoCompressFlag_MessageIsNotCompressed()
    {
        var counter = new CountingProvider();
        await using var host = await GrpcHost.StartAsync(server: o => o.CompressionProviders = [counter]);
        using var call = host.Client.Chat(AskForGzip);
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "plain" });
        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        call.RequestStream.WriteOptions = null;
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "compressed" });
        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        Assert.Equal((0, 1), (counter.Compressed, counter.Decompressed));
    }

    [Fact]
    public async Task Gzip_DecompressesOverLimit_ResourceExhausted()
    {
        await using var host = await GrpcHost.StartAsync(server: o => o.MaxReceiveMessageSize = 100_000);
        var request = new EchoRequest { Payload = ByteString.CopyFrom(new byte[10_000_000]) };
        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.UnaryAsync(request, AskForGzip).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task Encoding_ServerDoesNotKnow_Unimplemented()
    {
        await using var host = await GrpcHost.StartAsync(client: new() { CompressionProviders = [new CountingProvider("rare")] });
        var call = host.Client.UnaryAsync(new EchoRequest(), new Metadata { { "grpc-internal-encoding-request", "rare" } });
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
        Assert.Contains("identity,gzip", error.Status.Detail, StringComparison.Ordinal);
    }

    private sealed class CountingProvider(string name = "gzip") : ICompressionProvider
    {
        private readonly GzipCompressionProvider _gzip = new(CompressionLevel.Fastest);

        public int Compressed { get; private set; }

        public int Decompressed { get; private set; }

        public string EncodingName => name;

        public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel)
        {
            Compressed++;
            return _gzip.CreateCompressionStream(stream, compressionLevel);
        }

        public Stream CreateDecompressionStream(Stream stream)
        {
            Decompressed++;
            return _gzip.CreateDecompressionStream(stream);
        }
    }
}
