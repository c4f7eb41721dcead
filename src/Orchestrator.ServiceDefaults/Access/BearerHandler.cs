using System.Net.Http.Headers;

namespace Orchestrator.ServiceDefaults.Access;

/// <summary>Sends a token with every request.</summary>
/// <param name="token">Gives the token.</param>
/// <param name="inner">Sends the requests.</param>
public sealed class BearerHandler(Func<string> token, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token());
        return base.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token());
        return base.Send(request, cancellationToken);
    }
}
