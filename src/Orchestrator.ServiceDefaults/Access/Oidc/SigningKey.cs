using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Orchestrator.ServiceDefaults.Access.Oidc;

/// <summary>
/// A public key that a provider signs with (RFC 7517), for the algorithms that its kind has: RS256 and PS256, or ES256. The kind of key decides which are tried, never
/// the token alone: a key is no shared secret, and a token without a signature is none.
/// </summary>
internal sealed class SigningKey : IDisposable
{
    private const int LeastRsaBits = 2048;
    private const int CoordinateBytes = 32;

    private readonly RSA? _rsa;
    private readonly ECDsa? _curve;
    private readonly string? _algorithm;

    private SigningKey(string? id, string? algorithm, RSA? rsa, ECDsa? curve) => (Id, _algorithm, _rsa, _curve) = (id, algorithm, rsa, curve);

    /// <summary>Its name; null: it has none.</summary>
    public string? Id { get; }

    /// <summary>A key of a provider's list; null where it is of a kind that is not used here, weak, or no key: others of the list may do.</summary>
    public static SigningKey? Read(JsonElement key)
    {
        if (JsonWebToken.Text(key, "use") is not (null or "sig")) return null;
        try
        {
            return Import(key);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether a token is signed by this key.</summary>
    public bool Verifies(JsonWebToken token)
    {
        if (_algorithm is not null && _algorithm != token.Algorithm) return false;
        return token.Algorithm switch
        {
            "RS256" => _rsa?.VerifyData(token.Signed.Span, token.Signature.Span, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) == true,
            "PS256" => _rsa?.VerifyData(token.Signed.Span, token.Signature.Span, HashAlgorithmName.SHA256, RSASignaturePadding.Pss) == true,
            "ES256" => _curve?.VerifyData(token.Signed.Span, token.Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) == true,
            _ => false,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rsa?.Dispose();
        _curve?.Dispose();
    }

    private static SigningKey? Import(JsonElement key)
    {
        var (id, algorithm) = (JsonWebToken.Text(key, "kid"), JsonWebToken.Text(key, "alg"));
        switch (JsonWebToken.Text(key, "kty"))
        {
            case "RSA":
                var rsa = RSA.Create(new RSAParameters { Modulus = Number(key, "n"), Exponent = Number(key, "e") });
                if (rsa.KeySize >= LeastRsaBits) return new SigningKey(id, algorithm, rsa, null);
                rsa.Dispose();
                return null;
            case "EC" when JsonWebToken.Text(key, "crv") == "P-256":
                var point = new ECPoint { X = Number(key, "x"), Y = Number(key, "y") };
                if (point is not { X.Length: CoordinateBytes, Y.Length: CoordinateBytes }) return null;
                return new SigningKey(id, algorithm, null, ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point }));
            default:
                return null;
        }
    }

    private static byte[]? Number(JsonElement key, string name) => JsonWebToken.Text(key, name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
