using Grpc.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Answers gRPC calls of methods that nobody mapped. Other requests to the same paths go on to other endpoints.</summary>
internal sealed class UnimplementedEndpoints
{
    private readonly HashSet<string> _mapped = new(StringComparer.Ordinal);

    public void Map(IEndpointRouteBuilder routes, IEnumerable<string> services)
    {
        if (_mapped.Add("")) Map(routes, "{unimplementedService:grpcunimplemented}/{unimplementedMethod}", "Service is unimplemented.");
        foreach (var service in services.Where(_mapped.Add))
            Map(routes, $"{service}/{{unimplementedMethod:grpcunimplemented}}", "Method is unimplemented.");
    }

    private static void Map(IEndpointRouteBuilder routes, string pattern, string detail)
    {
        var endpoint = routes.MapMethods(pattern, ["POST"], http =>
        {
            if (!RequestCheck.Accept(http)) return Task.CompletedTask;
            http.Response.ContentType = GrpcProtocol.ContentType;
            HeaderWriter.Write(http.Response.Headers, new Status(StatusCode.Unimplemented, detail), null);
            return Task.CompletedTask;
        });
        endpoint.WithDisplayName($"gRPC - {detail}");
        endpoint.Add(b => ((RouteEndpointBuilder)b).Order = int.MaxValue);
    }
}
