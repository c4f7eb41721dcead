using Google.Protobuf;
using Grpc.Benchmarks.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace Grpc.Benchmarks;

/// <summary>What is measured. Each returns how much was done: calls, or bytes of payload.</summary>
internal sealed class Workload(GrpcChannel channel)
{
    public const int InFlight = 64;
    public const int MessageBytes = 1 << 20;

    private readonly Bench.BenchClient _client = new(channel);

    public async Task<long> UnaryAsync(Func<bool> go)
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(CallerAsync)));
        return counts.Sum();

        async Task<long> CallerAsync()
        {
            var calls = 0L;
            for (; go(); calls++)
            {
                using var call = _client.CallAsync(new Message { Number = calls });
                if ((await call.ResponseAsync).Number != calls + 1) throw new InvalidOperationException("Wrong answer.");
            }

            return calls;
        }
    }

    public async Task<long> UploadAsync(int messageBytes, Func<bool> go)
    {
        var message = new Message { Payload = UnsafeByteOperations.UnsafeWrap(new byte[messageBytes]) };
        var written = 0L;
        using var call = _client.Upload();
        for (; go(); written++) await call.RequestStream.WriteAsync(message);
        await call.RequestStream.CompleteAsync();
        if ((await call.ResponseAsync).Number != written) throw new InvalidOperationException("Messages were lost.");
        return written * Math.Max(messageBytes, 1);
    }

    public async Task<long> DownloadAsync(int messageBytes, Func<bool> go)
    {
        using var call = _client.Download(new DownloadRequest { MessageBytes = messageBytes });
        var read = 0L;
        while (go() && await call.ResponseStream.MoveNext()) read++;
        return read * Math.Max(messageBytes, 1);
    }
}
