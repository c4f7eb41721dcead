using Grpc.Core;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

public sealed class DeadlineTests
{
    private static DateTime Soon => TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(200);

    [Fact]
    public async Task Unary_DeadlinePasses_BothSidesKnow()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour { Unary = (_, context) => CancellationTests.HangAsync<EchoReply>(context, null, cancelled) });
        using var call = host.Client.UnaryAsync(new EchoRequest(), deadline: Soon);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        await cancelled.Task.WaitAsync(GrpcHost.Patience);
    }

    [Fact]
    public async Task Unary_DeadlineInThePast_DeadlineExceeded()
    {
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.UnaryAsync(new EchoRequest(), deadline: DateTime.UnixEpoch);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public async Task Duplex_DeadlineInMidStream_BothSidesKnow()
    {
        var serverEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Chat = async (requests, replies, _) =>
            {
                try
                {
                    await foreach (var request in requests.ReadAllAsync()) await replies.WriteAsync(new EchoReply { Text = request.Text });
                }
                finally
                {
                    serverEnded.SetResult();
                }
            },
        });
        using var call = host.Client.Chat(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(2));
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "a" });
        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        error = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new EchoRequest()).WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        await serverEnded.Task.WaitAsync(GrpcHost.Patience);
    }

    [Fact]
    public async Task Unary_NoDeadline_ContextHasMaxValue()
    {
        DateTime? deadline = null;
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, context) =>
            {
                deadline = context.Deadline;
                return Task.FromResult(new EchoReply());
            },
        });
        await host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience);
        Assert.Equal(DateTime.MaxValue, deadline);
    }
}
