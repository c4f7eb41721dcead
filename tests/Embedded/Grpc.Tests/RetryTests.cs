using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Grpc.Tests.Echoes;

namespace Grpc.Tests;

public sealed class RetryTests
{
    [Fact]
    public async Task Unary_FailsTwiceThenAnswers_OneSuccess()
    {
        var previous = new List<string?>();
        await using var host = await GrpcHost.StartAsync(FailingUnary(2, previous), client: Retrying());
        var reply = await host.Client.UnaryAsync(new EchoRequest { Text = "hello" }).ResponseAsync.WaitAsync(GrpcHost.Patience);
        Assert.Equal("hello", reply.Text);
        Assert.Equal([null, "1", "2"], previous);
    }

    [Fact]
    public async Task Unary_AlwaysFails_StopsAtMaxAttempts()
    {
        var previous = new List<string?>();
        await using var host = await GrpcHost.StartAsync(FailingUnary(100, previous), client: Retrying());
        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Equal(4, previous.Count);
    }

    [Fact]
    public async Task Unary_OtherStatus_IsNotRetried()
    {
        var previous = new List<string?>();
        await using var host = await GrpcHost.StartAsync(FailingUnary(100, previous, StatusCode.InvalidArgument), client: Retrying());
        await Assert.ThrowsAsync<RpcException>(() => host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Single(previous);
    }

    [Theory]
    [InlineData("0", 4)]
    [InlineData("-1", 1)]
    [InlineData("soon", 1)]
    public async Task Unary_Pushback_IsObeyed(string pushback, int attempts)
    {
        var previous = new List<string?>();
        var trailers = new Metadata { { "grpc-retry-pushback-ms", pushback } };
        await using var host = await GrpcHost.StartAsync(FailingUnary(100, previous, trailers: trailers), client: Retrying());
        await Assert.ThrowsAsync<RpcException>(() => host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(attempts, previous.Count);
    }

    [Fact]
    public async Task Unary_ThrottleBelowHalf_NoMoreRetries()
    {
        var previous = new List<string?>();
        var options = Retrying();
        options.ServiceConfig!.RetryThrottling = new RetryThrottlingPolicy { MaxTokens = 4, TokenRatio = 0.1 };
        await using var host = await GrpcHost.StartAsync(FailingUnary(100, previous), client: options);
        await Assert.ThrowsAsync<RpcException>(() => host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience));

        // Four tokens: after the first failure three are left, more than half; after the second two, which is not.
        Assert.Equal(2, previous.Count);
    }

    [Fact]
    public async Task ServerStreaming_FailsAfterFirstReply_IsNotRetried()
    {
        var calls = 0;
        await using var host = await GrpcHost.StartAsync(
            new EchoBehaviour
            {
                Expand = async (_, replies, _) =>
                {
                    calls++;
                    await replies.WriteAsync(new EchoReply());
                    throw new RpcException(new Status(StatusCode.Unavailable, "gone"));
                },
            },
            client: Retrying());
        using var call = host.Client.Expand(new EchoRequest());
        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task ClientStreaming_FailsAfterTwoRequests_AllAreSentAgain()
    {
        var calls = 0;
        await using var host = await GrpcHost.StartAsync(
            new EchoBehaviour
            {
                Collect = async (requests, _) =>
                {
                    var texts = new List<string>();
                    var first = ++calls == 1;
                    await foreach (var request in requests.ReadAllAsync())
                    {
                        texts.Add(request.Text);
                        if (first && texts.Count == 2) throw new RpcException(new Status(StatusCode.Unavailable, "gone"));
                    }

                    return new EchoReply { Text = string.Join(',', texts) };
                },
            },
            client: Retrying());
        using var call = host.Client.Collect();
        foreach (var text in new[] { "a", "b", "c", "d" }) await call.RequestStream.WriteAsync(new EchoRequest { Text = text }).WaitAsync(GrpcHost.Patience);
        await call.RequestStream.CompleteAsync();
        Assert.Equal("a,b,c,d", (await call.ResponseAsync.WaitAsync(GrpcHost.Patience)).Text);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Duplex_WithPolicy_StreamsAsWithout()
    {
        await using var host = await GrpcHost.StartAsync(client: Retrying());
        using var call = host.Client.Chat();
        for (var i = 0; i < 20; i++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = $"{i}" }).WaitAsync(GrpcHost.Patience);
            Assert.True(await call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
            Assert.Equal($"{i}", call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
    }

    [Fact]
    public async Task ClientStreaming_OverBuffer_IsSentButNotRetried()
    {
        var options = Retrying();
        options.MaxRetryBufferPerCallSize = 1000;
        var calls = 0;
        await using var host = await GrpcHost.StartAsync(
            new EchoBehaviour
            {
                Collect = async (requests, _) =>
                {
                    calls++;
                    var bytes = 0;
                    await foreach (var request in requests.ReadAllAsync()) bytes += request.Payload.Length;
                    throw new RpcException(new Status(StatusCode.Unavailable, $"{bytes}"));
                },
            },
            client: options);
        using var call = host.Client.Collect();
        for (var i = 0; i < 3; i++) await call.RequestStream.WriteAsync(new EchoRequest { Payload = ByteString.CopyFrom(new byte[600]) }).WaitAsync(GrpcHost.Patience);
        await call.RequestStream.CompleteAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal("1800", error.Status.Detail);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Unary_DeadlineDuringBackoff_DeadlineExceeded()
    {
        var options = Retrying(TimeSpan.FromHours(1));
        await using var host = await GrpcHost.StartAsync(FailingUnary(100, []), client: options);
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1);
        using var call = host.Client.UnaryAsync(new EchoRequest(), deadline: deadline);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public void Channel_BadPolicy_NamesEveryFault()
    {
        var config = new ServiceConfig { MethodConfigs = { new MethodConfig { Names = { MethodName.Default }, RetryPolicy = new RetryPolicy { MaxAttempts = 1 } } } };
        var error = Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { ServiceConfig = config }));
        foreach (var fault in new[] { "MaxAttempts", "InitialBackoff", "MaxBackoff", "BackoffMultiplier", "RetryableStatusCodes" })
            Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    private static GrpcChannelOptions Retrying(TimeSpan? backoff = null) => new()
    {
        ServiceConfig = new ServiceConfig
        {
            MethodConfigs =
            {
                new MethodConfig
                {
                    Names = { new MethodName { Service = "grpc_tests.Echo" } },
                    RetryPolicy = new RetryPolicy
                    {
                        MaxAttempts = 4,
                        InitialBackoff = backoff ?? TimeSpan.FromMilliseconds(1),
                        MaxBackoff = backoff ?? TimeSpan.FromMilliseconds(2),
                        BackoffMultiplier = 1.5,
                        RetryableStatusCodes = { StatusCode.Unavailable },
                    },
                },
            },
        },
    };

    private static EchoBehaviour FailingUnary(
        int failures, List<string?> previousAttempts, StatusCode code = StatusCode.Unavailable, Metadata? trailers = null) => new()
    {
        Unary = (request, context) =>
        {
            previousAttempts.Add(context.RequestHeaders.GetValue("grpc-previous-rpc-attempts"));
            if (previousAttempts.Count <= failures) throw new RpcException(new Status(code, "not now"), trailers ?? []);
            return Task.FromResult(new EchoReply { Text = request.Text });
        },
    };
}
