namespace Orchestrator.ServiceDefaults.Access.Oidc;

/// <summary>Who has which role.</summary>
/// <param name="Claim">The claim that decides it, for instance <c>groups</c> or <c>sub</c>.</param>
/// <param name="Value">What the claim has to be, or to have among others; <c>*</c>: anything.</param>
/// <param name="Role">The role: not that of a worker.</param>
/// <param name="Team">The queue that submissions wait in; null: the default one, of an administrator any.</param>
public sealed record OidcRule(string Claim, string Value, Role Role, string? Team);
