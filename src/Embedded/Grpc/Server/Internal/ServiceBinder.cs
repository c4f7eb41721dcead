using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Makes an endpoint of each method that a generated <c>BindService</c> adds.</summary>
internal sealed class ServiceBinder<TService>(IEndpointRouteBuilder routes, MethodOptions options, IGrpcServiceActivator<TService> activator, ILogger logger)
    : ServiceBinderBase
    where TService : class
{
    private readonly List<IEndpointConventionBuilder> _endpoints = [];

    public IReadOnlyList<IEndpointConventionBuilder> Endpoints => _endpoints;

    public HashSet<string> ServiceNames { get; } = new(StringComparer.Ordinal);

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(method, typeof(TRequest), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>();
        Map(method, target, new UnaryHandler<TService, TRequest, TResponse>(method, options, activator, logger, invoke).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>();
        Map(method, target, new ClientStreamingHandler<TService, TRequest, TResponse>(method, options, activator, logger, invoke).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        Map(method, target, new ServerStreamingHandler<TService, TRequest, TResponse>(method, options, activator, logger, invoke).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        Map(method, target, new DuplexStreamingHandler<TService, TRequest, TResponse>(method, options, activator, logger, invoke).HandleAsync);
    }

    private static MethodInfo Find(IMethod method, params Type[] parameters) =>
        typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance, parameters)
        ?? throw new InvalidOperationException($"{typeof(TService).FullName} has no method {method.Name} for {method.FullName}.");

    private void Map(IMethod method, MethodInfo target, RequestDelegate handle)
    {
        ServiceNames.Add(method.ServiceName);
        var endpoint = routes.MapMethods(method.FullName, ["POST"], handle);
        endpoint.WithDisplayName($"gRPC - {method.FullName}");
        var attributes = typeof(TService).GetCustomAttributes(inherit: true).Concat(target.GetCustomAttributes(inherit: true));
        endpoint.WithMetadata([new GrpcMethodMetadata(typeof(TService), method), .. attributes]);
        _endpoints.Add(endpoint);
    }
}
