using Grpc.AspNetCore.Server.Internal;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

/// <summary>The HTTP side of a call.</summary>
public static class ServerCallContextExtensions
{
    /// <exception cref="InvalidOperationException">The call does not come from this server.</exception>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext)
    {
        ArgumentNullException.ThrowIfNull(serverCallContext);
        if (serverCallContext is HttpContextServerCallContext own) return own.HttpContext;
        return serverCallContext.UserState.TryGetValue(HttpContextServerCallContext.HttpContextKey, out var value) && value is HttpContext context
            ? context
            : throw new InvalidOperationException("Could not get the HttpContext: it is not in the call context's UserState.");
    }
}
