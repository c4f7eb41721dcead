using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Makes the endpoints of a service from what its generated <c>BindService</c> tells.</summary>
internal sealed class ServiceEndpointFactory<TService>(
    IOptions<GrpcServiceOptions> allOptions,
    IOptions<GrpcServiceOptions<TService>> serviceOptions,
    IGrpcServiceActivator<TService> activator,
    ILoggerFactory loggers,
    UnimplementedEndpoints unimplemented)
    where TService : class
{
    public IReadOnlyList<IEndpointConventionBuilder> Map(IEndpointRouteBuilder routes)
    {
        var options = MethodOptions.Create(allOptions.Value, serviceOptions.Value);
        var binder = new ServiceBinder<TService>(routes, options, activator, loggers.CreateLogger("Grpc.AspNetCore.Server.ServerCallHandler"));
        Bind(binder);
        if (!options.IgnoreUnknownServices) unimplemented.Map(routes, binder.ServiceNames);
        return binder.Endpoints;
    }

    private static void Bind(ServiceBinderBase binder)
    {
        var attribute = FindAttribute();
        var bind = attribute?.BindType
            .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .SingleOrDefault(m => m.Name == attribute.BindMethodName && m.GetParameters() is [{ } first, _] && first.ParameterType == typeof(ServiceBinderBase));
        if (bind is null)
        {
            throw new InvalidOperationException(
                $"{typeof(TService).FullName} is no gRPC service: it must derive from a service base class that was generated from a .proto file.");
        }

        bind.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [binder, null], null);
    }

    private static BindServiceMethodAttribute? FindAttribute()
    {
        for (var type = typeof(TService); type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } attribute) return attribute;
        }

        return null;
    }
}
