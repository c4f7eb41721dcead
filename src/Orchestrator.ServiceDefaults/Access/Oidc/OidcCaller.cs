namespace Orchestrator.ServiceDefaults.Access.Oidc;

/// <summary>Who presented a provider's token, or why it is refused.</summary>
/// <param name="Name">For logs and reasons.</param>
/// <param name="Rule">What it may do; null: nothing, since no rule fits.</param>
/// <param name="Fault">Why the token is refused; null: it is believed.</param>
public readonly record struct OidcCaller(string Name, OidcRule? Rule, string? Fault);
