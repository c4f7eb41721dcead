namespace Orchestrator.Coordinator.Rest;

/// <summary>
/// Refuses requests that a page of another site makes through the user's browser: those carry that site's Origin, and, where the site
/// points its own name at the loopback address, that name as Host. Where there are no tokens, this is what keeps the loopback port private.
/// </summary>
internal sealed class SameOriginMiddleware(RequestDelegate next, IReadOnlySet<string> hosts)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!hosts.Contains(request.Host.Host)) return Refuse(context, $"This coordinator does not answer to the name '{request.Host.Host}'.");
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)) return Refuse(context, $"Requests of pages from '{origin}' are refused.");
        return next(context);
    }

    private static Task Refuse(HttpContext context, string reason)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsJsonAsync(new ErrorResource([reason]), context.RequestAborted);
    }
}
