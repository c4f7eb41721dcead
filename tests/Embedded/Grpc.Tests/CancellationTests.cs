using Grpc.Core;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

public sealed class CancellationTests
{
    [Fact]
    public async Task Unary_ClientCancels_HandlerIsCancelledAndClientSeesCancelled()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour { Unary = (_, context) => HangAsync<EchoReply>(context, started, cancelled) });
        using var source = new CancellationTokenSource();
        using var call = host.Client.UnaryAsync(new EchoRequest(), cancellationToken: source.Token);
        await started.Task.WaitAsync(GrpcHost.Patience);
        await source.CancelAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        await cancelled.Task.WaitAsync(GrpcHost.Patience);
    }

    [Fact]
    public async Task Unary_CancelledBefore_NeverSent()
    {
        var called = false;
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, _) =>
            {
                called = true;
                return Task.FromResult(new EchoReply());
            },
        });
        using var call = host.Client.UnaryAsync(new EchoRequest(), cancellationToken: new CancellationToken(true));
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        Assert.False(called);
    }

    [Fact]
    public async Task Unary_ThrowOperationCanceled_GivesOperationCanceledException()
    {
        await using var host = await GrpcHost.StartAsync(client: new() { ThrowOperationCanceledOnCancellation = true });
        using var call = host.Client.UnaryAsync(new EchoRequest(), cancellationToken: new CancellationToken(true));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
    }

    [Fact]
    public async Task Duplex_ClientDisposes_HandlerIsCancelled()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour { Chat = (_, _, context) => HangAsync<EchoReply>(context, started, cancelled) });
        var call = host.Client.Chat();
        await started.Task.WaitAsync(GrpcHost.Patience);
        call.Dispose();
        await cancelled.Task.WaitAsync(GrpcHost.Patience);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
    }

    [Fact]
    public async Task ServerStreaming_ReadIsCancelled_CallIsCancelled()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour { Expand = (_, _, context) => HangAsync<EchoReply>(context, null, cancelled) });
        using var call = host.Client.Expand(new EchoRequest());
        using var source = new CancellationTokenSource();
        var read = call.ResponseStream.MoveNext(source.Token);
        await source.CancelAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => read.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
    }

    [Fact]
    public async Task ServerStreaming_ClientCancelsWhileServerWrites_WriterStops()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Expand = async (_, replies, _) =>
            {
                try
                {
                    while (true) await replies.WriteAsync(new EchoReply { Text = "more" });
                }
                finally
                {
                    stopped.SetResult();
                }
            },
        });
        var call = host.Client.Expand(new EchoRequest());
        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        call.Dispose();
        await stopped.Task.WaitAsync(GrpcHost.Patience);
    }

    [Fact]
    public async Task Channel_Disposed_CallsAreCancelled()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour { Unary = (_, context) => HangAsync<EchoReply>(context, started, cancelled) });
        using var call = host.Client.UnaryAsync(new EchoRequest());
        await started.Task.WaitAsync(GrpcHost.Patience);
        host.Channel.Dispose();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        await cancelled.Task.WaitAsync(GrpcHost.Patience);
    }

    internal static async Task<T> HangAsync<T>(ServerCallContext context, TaskCompletionSource? started, TaskCompletionSource cancelled)
    {
        started?.SetResult();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
            throw new InvalidOperationException("The wait ended.");
        }
        catch (OperationCanceledException)
        {
            cancelled.SetResult();
            throw;
        }
    }
}
