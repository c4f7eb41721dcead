using Microsoft.AspNetCore.Authentication;
using Orchestrator.ServiceDefaults.Access.Oidc;

namespace Orchestrator.ServiceDefaults.Access;

/// <summary>How a host knows who calls.</summary>
public sealed class AccessOptions : AuthenticationSchemeOptions
{
    /// <value>Whether everybody may do everything: only on loopback, or where an operator said so. The default is false.</value>
    public bool IsOpen { get; set; }

    /// <value>The tokens that count; null, the default: none.</value>
    public ITokenStore? Tokens { get; set; }

    /// <value>Whose tokens of an OpenID Connect provider count; null, the default: nobody's.</value>
    public OidcTokens? Oidc { get; set; }
}
