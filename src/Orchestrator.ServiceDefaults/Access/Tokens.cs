using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.ServiceDefaults.Access;

/// <summary>Makes tokens and compares them.</summary>
public static class Tokens
{
    /// <summary>What every token begins with, so that scanners for secrets find one that got lost.</summary>
    public const string Prefix = "orch_";

    /// <summary>The longest text that is looked at as a token, in characters.</summary>
    public const int MaxLength = 512;

    private const int RandomBytes = 32;

    /// <summary>A token that nobody else has: 256 random bits.</summary>
    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>SHA-256 of a token. That is enough of a hash: a token is no password that could be guessed.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>The entry of a token, after a look at every one of them.</summary>
    public static TokenEntry? Find(IEnumerable<TokenEntry> entries, string token)
    {
        if (token.Length > MaxLength) return null;
        var hash = Hash(token);
        TokenEntry? found = null;
        foreach (var entry in entries)
        {
            if (CryptographicOperations.FixedTimeEquals(entry.Hash.Span, hash)) found = entry;
        }
        return found;
    }
}
