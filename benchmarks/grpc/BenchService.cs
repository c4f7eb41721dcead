using Google.Protobuf;
using Grpc.Benchmarks.Wire;
using Grpc.Core;

namespace Grpc.Benchmarks;

/// <summary>Answers at once: what is measured is the library.</summary>
internal sealed class BenchService : Bench.BenchBase
{
    public override Task<Message> Call(Message request, ServerCallContext context) => Task.FromResult(new Message { Number = request.Number + 1 });

    public override async Task<Message> Upload(IAsyncStreamReader<Message> requestStream, ServerCallContext context)
    {
        var count = 0L;
        while (await requestStream.MoveNext()) count++;
        return new Message { Number = count };
    }

    public override async Task Download(DownloadRequest request, IServerStreamWriter<Message> responseStream, ServerCallContext context)
    {
        var message = new Message { Payload = UnsafeByteOperations.UnsafeWrap(new byte[request.MessageBytes]) };
        while (!context.CancellationToken.IsCancellationRequested) await responseStream.WriteAsync(message);
    }
}
