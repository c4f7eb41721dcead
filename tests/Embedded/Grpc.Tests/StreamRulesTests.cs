using Grpc.Core;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

public sealed class StreamRulesTests
{
    [Fact]
    public async Task Client_WriteAfterComplete_Throws()
    {
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.Chat();
        await call.RequestStream.CompleteAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new EchoRequest()));
    }

    [Fact]
    public async Task Client_TwoReadsAtOnce_SecondThrows()
    {
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.Chat();
        var first = call.ResponseStream.MoveNext();
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.ResponseStream.MoveNext());
        await call.RequestStream.CompleteAsync();
        Assert.False(await first.WaitAsync(GrpcHost.Patience));
    }

    [Fact]
    public async Task Client_StatusBeforeTheEnd_Throws()
    {
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.Chat();
        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
    }

    [Fact]
    public async Task Server_EndsWhileClientWrites_WriterSeesStatus()
    {
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Collect = (_, _) => throw new RpcException(new Status(StatusCode.ResourceExhausted, "full")),
        });
        using var call = host.Client.Collect();
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (true) await call.RequestStream.WriteAsync(new EchoRequest { Text = "more" }).WaitAsync(GrpcHost.Patience);
        });
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }
}
