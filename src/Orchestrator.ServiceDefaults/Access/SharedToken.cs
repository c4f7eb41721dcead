namespace Orchestrator.ServiceDefaults.Access;

/// <summary>Knows one token, which this process presents itself: workers of one installation know each other by it.</summary>
/// <param name="token">Gives the token.</param>
public sealed class SharedToken(Func<string> token) : ITokenStore
{
    /// <inheritdoc/>
    public TokenEntry? Find(string presented) => Tokens.Find([new TokenEntry(Tokens.Hash(token()), "worker", Role.Worker)], presented);
}
