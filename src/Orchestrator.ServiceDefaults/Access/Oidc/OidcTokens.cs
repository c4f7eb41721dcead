using System.Text;
using Orchestrator.Domain.Errors;
using Orchestrator.ServiceDefaults.Files;

namespace Orchestrator.ServiceDefaults.Access.Oidc;

/// <summary>
/// Believes the tokens of an OpenID Connect provider that are signed by one of its keys, of this issuer, for this audience and of this time, and says by the
/// settings' rules what their holders may do. The settings are read again when the file changes.
/// </summary>
public sealed class OidcTokens : IDisposable
{
    /// <summary>How far the provider's clock may be from this one.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);
    private const int MaxResponseBytes = 1 << 20;
    private const int MaxName = 128;

    private readonly Reread<OidcSettings> _settings;
    private readonly HttpClient _http;
    private readonly SigningKeys _keys;
    private readonly TimeProvider _time;

    /// <summary>Reads the settings.</summary>
    /// <param name="path">Their file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="faulty">Told what is wrong with a changed file, and with the provider.</param>
    /// <exception cref="OrchestratorException">The file can't be read or has faults.</exception>
    public OidcTokens(string path, TimeProvider time, Action<string> faulty)
    {
        _time = time;
        _settings = new Reread<OidcSettings>([path], contents => OidcSettings.Parse(Encoding.UTF8.GetString(contents[0]), path), time, faulty);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = RequestTimeout }) { Timeout = RequestTimeout, MaxResponseContentBufferSize = MaxResponseBytes };
        _keys = new SigningKeys(_http, time, faulty);
    }

    /// <summary>Whether a text has the form of a provider's token.</summary>
    public static bool IsForm(string presented) => presented.Count(c => c == '.') == 2;

    /// <summary>Who presents a token.</summary>
    /// <param name="presented">As it was presented.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<OidcCaller> Find(string presented, CancellationToken cancellationToken)
    {
        if (JsonWebToken.Parse(presented) is not { } token) return Refused("The token is no signed JSON Web Token.");
        var settings = _settings.Current;
        if (JsonWebToken.Text(token.Claims, "iss") != settings.Issuer) return Refused($"The token is not of the issuer {settings.Issuer}.");
        var keys = await _keys.Find(settings.Issuer, token.KeyId, cancellationToken);
        if (!keys.Any(key => key.Verifies(token))) return Refused(keys.Count == 0 ? $"No key of {settings.Issuer} is known that could have signed the token." : "The token's signature is wrong.");
        if (!token.Has("aud", settings.Audience)) return Refused($"The token is not for '{settings.Audience}'.");
        var now = _time.GetUtcNow();
        if (token.Time("exp") is not { } end || now >= end + ClockSkew) return Refused("The token has expired.");
        if (token.Claims.TryGetProperty("nbf", out _) && (token.Time("nbf") is not { } begin || now < begin - ClockSkew)) return Refused("The token is not valid yet.");
        return new OidcCaller(NameOf(token), settings.Rules.FirstOrDefault(rule => Fits(rule, token)), null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _keys.Dispose();
        _http.Dispose();
    }

    private static OidcCaller Refused(string fault) => new("", null, fault);

    private static bool Fits(OidcRule rule, JsonWebToken token) => rule.Value == "*" ? token.Claims.TryGetProperty(rule.Claim, out _) : token.Has(rule.Claim, rule.Value);

    /// <summary>As the provider calls its holder: what a log may hold.</summary>
    private static string NameOf(JsonWebToken token)
    {
        foreach (var claim in (string[])["preferred_username", "email", "sub"])
        {
            if (JsonWebToken.Text(token.Claims, claim) is { Length: > 0 and <= MaxName } name && !name.Any(char.IsControl)) return name;
        }
        return "somebody";
    }
}
