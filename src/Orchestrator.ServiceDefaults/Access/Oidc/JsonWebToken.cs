using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Orchestrator.ServiceDefaults.Access.Oidc;

/// <summary>A signed JSON Web Token in its compact form (RFC 7515, RFC 7519), taken apart and not yet believed.</summary>
/// <param name="Algorithm">How it says that it is signed.</param>
/// <param name="KeyId">By which key; null: it does not say.</param>
/// <param name="Claims">What it claims: one JSON object.</param>
/// <param name="Signed">What is signed.</param>
/// <param name="Signature">The signature.</param>
internal sealed record JsonWebToken(string Algorithm, string? KeyId, JsonElement Claims, ReadOnlyMemory<byte> Signed, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The longest token that is looked at, in characters.</summary>
    public const int MaxLength = 16 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Takes it apart; null where it is none.</summary>
    public static JsonWebToken? Parse(string text)
    {
        if (text.Length > MaxLength || text.Split('.') is not [var header, var payload, var signature]) return null;
        if (Decode(header) is not { } h || Decode(payload) is not { } claims || Bytes(signature) is not { Length: > 0 } signed) return null;
        // What must be understood and is not makes it worthless (RFC 7515, 4.1.11).
        if (h.TryGetProperty("crit", out _) || Text(h, "alg") is not { } algorithm) return null;
        return new JsonWebToken(algorithm, Text(h, "kid"), claims, Encoding.ASCII.GetBytes($"{header}.{payload}"), signed);
    }

    /// <summary>A claim that is text; null where it is none.</summary>
    public static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? Text(value) : null;

    /// <summary>A claim that is a moment, in seconds since 1970; null where it is none.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (!Claims.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds)) return null;
        return seconds is >= 0 and < 1e11 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;
    }

    /// <summary>Whether a claim is this text, or a list with it.</summary>
    public bool Has(string claim, string text) => Claims.TryGetProperty(claim, out var value) && value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Any(item => Text(item) == text),
        _ => Text(value) == text,
    };

    private static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair is no text
        }
    }

    private static JsonElement? Decode(string part)
    {
        if (Bytes(part) is not { } bytes) return null;
        try
        {
            using var json = JsonDocument.Parse(bytes, Strict);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null; // no token, like any other text
        }
    }

    private static byte[]? Bytes(string part)
    {
        if (part.Contains('=', StringComparison.Ordinal) || !Base64Url.IsValid(part)) return null;
        return Base64Url.DecodeFromChars(part);
    }
}
