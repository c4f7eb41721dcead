using Grpc.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// Answers gRPC calls of methods that nobody mapped. Other requests to the same paths go on to other endpoints. One route for all services:
/// the matcher looks at it with every call.
/// </summary>
internal sealed class UnimplementedEndpoints
{
    private readonly HashSet<string> _services = new(StringComparer.Ordinal);
    private bool _mapped;

    public void Map(IEndpointRouteBuilder routes, IEnumerable<string> services)
    {
        _services.UnionWith(services);
        if (_mapped) return;
        _mapped = true;
        var endpoint = routes.MapMethods("{unimplementedService:grpcunimplemented}/{unimplementedMethod}", ["POST"], HandleAsync);
        endpoint.WithDisplayName("gRPC - unimplemented");
        endpoint.Add(b => ((RouteEndpointBuilder)b).Order = int.MaxValue);
    }

    private Task HandleAsync(HttpContext http)
    {
        if (!RequestCheck.Accept(http)) return Task.CompletedTask;
        var isKnown = http.GetRouteValue("unimplementedService") is string service && _services.Contains(service);
        http.Response.ContentType = GrpcProtocol.ContentType;
        HeaderWriter.Write(http.Response.Headers, new Status(StatusCode.Unimplemented, isKnown ? "Method is unimplemented." : "Service is unimplemented."), null);
        return Task.CompletedTask;
    }
}
