using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Coordinator.Tests.Access.Oidc;

/// <summary>An OpenID Connect provider on loopback that signs whatever a test asks for.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    public const string Audience = "orchestrator";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, AsymmetricAlgorithm> _keys = new(StringComparer.Ordinal);

    private FakeProvider(WebApplication app) => _app = app;

    public string Issuer => _app.Urls.First();

    /// <summary>How often its keys were asked for.</summary>
    public int Reads { get; private set; }

    public bool IsAway { get; set; }

    /// <summary>What the discovery document says; null: as it should be.</summary>
    public JsonObject? Discovery { get; set; }

    public static async Task<FakeProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var provider = new FakeProvider(app);
        app.MapGet("/.well-known/openid-configuration", () => provider.Answer(() => provider.Discovery ?? new JsonObject { ["issuer"] = provider.Issuer, ["jwks_uri"] = $"{provider.Issuer}/keys" }));
        app.MapGet("/keys", () => provider.Answer(provider.Keys));
        await app.StartAsync();
        provider.AddKey("r1", RSA.Create(2048));
        provider.AddKey("e1", ECDsa.Create(ECCurve.NamedCurves.nistP256));
        return provider;
    }

    public void AddKey(string id, AsymmetricAlgorithm key) => _keys[id] = key;

    public void RemoveKey(string id) => _keys.TryRemove(id, out _);

    /// <summary>A valid token of a person of these groups, changed as the test likes before it is signed.</summary>
    public string Token(DateTimeOffset now, string algorithm = "RS256", string key = "r1", Action<JsonObject>? claims = null, Action<JsonObject>? header = null, AsymmetricAlgorithm? by = null)
    {
        var head = new JsonObject { ["alg"] = algorithm, ["kid"] = key, ["typ"] = "JWT" };
        var body = new JsonObject
        {
            ["iss"] = Issuer, ["aud"] = Audience, ["sub"] = "0017", ["preferred_username"] = "ann", ["groups"] = new JsonArray("staff", "vision team"),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(), ["nbf"] = now.AddMinutes(-1).ToUnixTimeSeconds(),
        };
        header?.Invoke(head);
        claims?.Invoke(body);
        var signed = $"{Encode(head)}.{Encode(body)}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(by ?? _keys[key], algorithm, Encoding.ASCII.GetBytes(signed)))}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        foreach (var key in _keys.Values) key.Dispose();
    }

    private IResult Answer(Func<JsonObject> json) => IsAway ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Content(json().ToJsonString(), "application/json");

    private JsonObject Keys()
    {
        Reads++;
        return new JsonObject { ["keys"] = new JsonArray([.. _keys.Select(k => Key(k.Key, k.Value)), new JsonObject { ["kty"] = "oct", ["k"] = "AAAA" }, new JsonObject { ["kty"] = "RSA", ["kid"] = "none" }]) };
    }

    private static JsonObject Key(string id, AsymmetricAlgorithm key)
    {
        if (key is ECDsa curve)
        {
            var q = curve.ExportParameters(false).Q;
            return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = id, ["use"] = "sig", ["alg"] = "ES256", ["x"] = Base64Url.EncodeToString(q.X), ["y"] = Base64Url.EncodeToString(q.Y) };
        }
        var rsa = ((RSA)key).ExportParameters(false);
        return new JsonObject { ["kty"] = "RSA", ["kid"] = id, ["n"] = Base64Url.EncodeToString(rsa.Modulus), ["e"] = Base64Url.EncodeToString(rsa.Exponent) };
    }

    private static byte[] Sign(AsymmetricAlgorithm key, string algorithm, byte[] data) => (algorithm, key) switch
    {
        ("RS256", RSA rsa) => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        ("PS256", RSA rsa) => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        ("ES256", ECDsa curve) => curve.SignData(data, HashAlgorithmName.SHA256),
        ("HS256", RSA rsa) => HMACSHA256.HashData(Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), data), // the public key as a shared secret
        _ => [],
    };

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
