using Orchestrator.Coordinator.Rest;

namespace Orchestrator.Coordinator.Access;

/// <summary>Answers 403 over REST.</summary>
internal sealed class AccessDeniedFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (AccessDeniedException exception)
        {
            return TypedResults.Json(new ErrorResource([exception.Message]), statusCode: StatusCodes.Status403Forbidden);
        }
    }
}
