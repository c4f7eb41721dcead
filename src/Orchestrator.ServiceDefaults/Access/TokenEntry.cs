namespace Orchestrator.ServiceDefaults.Access;

/// <summary>Who has a token. Of the token itself only its hash is kept.</summary>
/// <param name="Hash">SHA-256 of the token, 32 bytes.</param>
/// <param name="Name">Whose it is, for logs and reasons.</param>
/// <param name="Role">What it is good for.</param>
/// <param name="Team">The queue that its submissions wait in; null: the default one, of an administrator any.</param>
/// <param name="Expires">From when on it is refused; null: never.</param>
public sealed record TokenEntry(ReadOnlyMemory<byte> Hash, string Name, Role Role, string? Team = null, DateTimeOffset? Expires = null);
