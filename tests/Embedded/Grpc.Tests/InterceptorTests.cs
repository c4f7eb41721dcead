using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Tests.Echoes;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Tests;

public sealed class InterceptorTests
{
    [Fact]
    public async Task Client_TwoInterceptors_FirstSeesCallFirst()
    {
        Metadata? seen = null;
        await using var host = await GrpcHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, context) =>
            {
                seen = context.RequestHeaders;
                return Task.FromResult(new EchoReply());
            },
        });
        var invoker = host.Channel.Intercept(new Stamp("a"), new Stamp("b")).Intercept(headers =>
        {
            headers.Add("stamp", "metadata");
            return headers;
        });
        await new Echo.EchoClient(invoker).UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience);

        // HTTP may join the values of one header.
        Assert.Equal("metadata, a, b", string.Join(", ", seen!.GetAll("stamp").Select(e => e.Value)));
    }

    [Fact]
    public async Task Server_Interceptors_SeeEveryCallTypeInOrder()
    {
        var journal = new List<string>();
        await using var host = await GrpcHost.StartAsync(
            server: o =>
            {
                o.Interceptors.Add<Recorder>("outer");
                o.Interceptors.Add<Recorder>("inner");
            },
            services: s => s.AddSingleton(journal));
        var client = host.Client;
        await client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience);
        using var collect = client.Collect();
        await collect.RequestStream.CompleteAsync();
        await collect.ResponseAsync.WaitAsync(GrpcHost.Patience);
        using var expand = client.Expand(new EchoRequest());
        Assert.False(await expand.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        using var chat = client.Chat();
        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        Assert.Equal(
            ["outer unary", "inner unary", "outer collect", "inner collect", "outer expand", "inner expand", "outer chat", "inner chat"], journal);
    }

    [Fact]
    public async Task Server_InterceptorThrows_ClientSeesItsStatus()
    {
        await using var host = await GrpcHost.StartAsync(server: o => o.Interceptors.Add<Refuser>());
        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
    }

    [Fact]
    public async Task Server_InterceptorOfService_ComesAfterThoseOfAll()
    {
        var journal = new List<string>();
        await using var host = await GrpcHost.StartAsync(
            server: o => o.Interceptors.Add<Recorder>("all"),
            services: s => s.AddSingleton(journal).AddGrpc().AddServiceOptions<EchoService>(o => o.Interceptors.Add<Recorder>("one")));
        await host.Client.UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience);
        Assert.Equal(["all unary", "one unary"], journal);
    }

    private sealed class Stamp(string text) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            var headers = context.Options.Headers ?? [];
            headers.Add("stamp", text);
            return continuation(request, new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, context.Options.WithHeaders(headers)));
        }
    }

    private sealed class Recorder(List<string> journal, string name) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            journal.Add($"{name} unary");
            return continuation(request, context);
        }

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
        {
            journal.Add($"{name} collect");
            return continuation(requestStream, context);
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            journal.Add($"{name} expand");
            return continuation(request, responseStream, context);
        }

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            journal.Add($"{name} chat");
            return continuation(requestStream, responseStream, context);
        }
    }

    private sealed class Refuser : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            throw new RpcException(new Status(StatusCode.PermissionDenied, "no"));
    }
}
