using Grpc.Protocol;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Turns away requests that are not gRPC, with the HTTP status that the gRPC specification names.</summary>
internal static class RequestCheck
{
    public static bool Accept(HttpContext http)
    {
        if (!GrpcProtocol.IsGrpcContentType(http.Request.ContentType)) return Reject(http, StatusCodes.Status415UnsupportedMediaType);
        if (http.Request.Protocol is not ("HTTP/2" or "HTTP/3")) return Reject(http, StatusCodes.Status426UpgradeRequired);
        return true;
    }

    private static bool Reject(HttpContext http, int statusCode)
    {
        http.Response.StatusCode = statusCode;
        return false;
    }
}
