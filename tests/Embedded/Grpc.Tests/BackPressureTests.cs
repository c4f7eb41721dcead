using Google.Protobuf;
using Grpc.Core;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

public sealed class BackPressureTests
{
    private const int Count = 128;

    [Fact]
    public async Task ClientStreaming_ServerDoesNotRead_WriterWaits()
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Collect = async (requests, _) =>
            {
                await read.Task;
                var count = 0;
                await foreach (var request in requests.ReadAllAsync()) count += request.Count;
                return new EchoReply { Text = $"{count}" };
            },
        });
        var request = new EchoRequest { Payload = UnsafeByteOperations.UnsafeWrap(new byte[1 << 20]), Count = 1 };
        using var call = host.Client.Collect();
        var written = 0;
        var writing = WriteAsync();
        for (var before = -1; before != Volatile.Read(ref written);)
        {
            before = written;
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }

        Assert.InRange(written, 0, Count - 1);
        read.SetResult();
        await writing.WaitAsync(GrpcHost.Patience);
        Assert.Equal($"{Count}", (await call.ResponseAsync.WaitAsync(GrpcHost.Patience)).Text);

        async Task WriteAsync()
        {
            for (; written < Count; Interlocked.Increment(ref written)) await call.RequestStream.WriteAsync(request);
            await call.RequestStream.CompleteAsync();
        }
    }
}
