using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.ServiceDefaults.Access.Oidc;

namespace Orchestrator.ServiceDefaults.Access;

/// <summary>Puts authentication and the roles into a host.</summary>
public static class AccessExtensions
{
    /// <summary>Adds <see cref="AccessHandler"/> and a policy for each of <see cref="AccessPolicies"/>. An endpoint that says nothing is for viewers, so that a wrong verb or content type is told as what it is.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="isOpen">Whether everybody may do everything.</param>
    /// <param name="tokens">The tokens that count; null: none.</param>
    /// <param name="oidc">Whose tokens of an OpenID Connect provider count; null: nobody's.</param>
    public static IServiceCollection AddAccess(this IServiceCollection services, bool isOpen, ITokenStore? tokens, OidcTokens? oidc = null)
    {
        services.AddAuthentication(AccessHandler.SchemeName).AddScheme<AccessOptions, AccessHandler>(AccessHandler.SchemeName, o => (o.IsOpen, o.Tokens, o.Oidc) = (isOpen, tokens, oidc));
        services.AddAuthorization(authorization =>
        {
            foreach (var policy in AccessPolicies.All) authorization.AddPolicy(policy, builder => builder.RequireRole(policy));
            authorization.FallbackPolicy = new AuthorizationPolicyBuilder().RequireRole(AccessPolicies.Viewer).Build();
        });
        return services;
    }
}
