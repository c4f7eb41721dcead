using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>An interceptor type and how it is made.</summary>
public class InterceptorRegistration
{
    private readonly object[] _args;

    internal InterceptorRegistration(Type type, object[] args)
    {
        Type = type;
        _args = args;
    }

    public Type Type { get; }

    public IReadOnlyList<object> Arguments => _args;

    internal GrpcActivatorHandle<Interceptor> Create(IServiceProvider services)
    {
        if (_args.Length == 0 && services.GetService(Type) is Interceptor registered) return new GrpcActivatorHandle<Interceptor>(registered, created: false, null);
        return new GrpcActivatorHandle<Interceptor>((Interceptor)ActivatorUtilities.CreateInstance(services, Type, _args), created: true, null);
    }
}
