using System.Text.Json;

namespace Orchestrator.ServiceDefaults.Access.Oidc;

/// <summary>
/// The keys that a provider signs with, found by its discovery document (OpenID Connect Discovery 1.0) and kept: read again after an hour, and
/// at once for a key that is not among them, since providers change theirs; at most every ten seconds. While the provider is away its keys count on for a day. Thread-safe.
/// </summary>
/// <param name="http">Reaches the provider; its time-out bounds each request.</param>
/// <param name="time">The clock.</param>
/// <param name="faulty">Told why keys could not be read.</param>
internal sealed class SigningKeys(HttpClient http, TimeProvider time, Action<string> faulty) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan BelievedFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(10);
    private const int MaxKeys = 100;

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Known? _known;
    private (string Issuer, long At)? _tried;

    /// <summary>The keys that may have signed a token of this provider.</summary>
    /// <param name="issuer">The provider.</param>
    /// <param name="id">The key's name; null: any may.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<SigningKey>> Find(string issuer, string? id, CancellationToken cancellationToken)
    {
        if (!IsFresh(issuer, id)) await Read(issuer, id, cancellationToken);
        return Fitting(issuer, id);
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    private IReadOnlyList<SigningKey> Fitting(string issuer, string? id) => Current(issuer)?.Fitting(id) ?? [];

    private bool IsFresh(string issuer, string? id) => Current(issuer) is { } known && time.GetElapsedTime(known.ReadAt) < KeptFor && known.Fitting(id).Count > 0;

    private Known? Current(string issuer) => _known is { } known && known.Issuer == issuer && time.GetElapsedTime(known.ReadAt) < BelievedFor ? known : null;

    private async Task Read(string issuer, string? id, CancellationToken cancellationToken)
    {
        // Who has keys does not wait for newer ones that another one fetches.
        if (!await _reading.WaitAsync(Fitting(issuer, id).Count > 0 ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, cancellationToken)) return;
        try
        {
            // Another one may have read them in the meantime, or found that they can't be read.
            if (IsFresh(issuer, id) || _tried is { } tried && tried.Issuer == issuer && time.GetElapsedTime(tried.At) < BetweenTries) return;
            _tried = (issuer, time.GetTimestamp());
            _known = new Known(issuer, await Fetch(issuer, cancellationToken), time.GetTimestamp());
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or FormatException || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            faulty($"the keys of {issuer} can't be read: {exception.Message}");
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<IReadOnlyList<SigningKey>> Fetch(string issuer, CancellationToken cancellationToken)
    {
        using var discovery = await Get(new Uri($"{issuer.TrimEnd('/')}/.well-known/openid-configuration"), cancellationToken);
        var said = JsonWebToken.Text(discovery.RootElement, "issuer");
        if (said != issuer) throw new FormatException($"its discovery document is of the issuer '{said}'.");
        if (!Uri.TryCreate(JsonWebToken.Text(discovery.RootElement, "jwks_uri"), UriKind.Absolute, out var uri) || !OidcSettings.IsTrustworthy(uri)) throw new FormatException("its jwks_uri is no https:// URL.");
        using var list = await Get(uri, cancellationToken);
        if (!list.RootElement.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array) throw new FormatException($"{uri} has no list of keys.");
        return [.. keys.EnumerateArray().Where(k => k.ValueKind == JsonValueKind.Object).Take(MaxKeys).Select(SigningKey.Read).OfType<SigningKey>()];
    }

    private async Task<JsonDocument> Get(Uri uri, CancellationToken cancellationToken)
    {
        var json = JsonDocument.Parse(await http.GetStringAsync(uri, cancellationToken));
        if (json.RootElement.ValueKind == JsonValueKind.Object) return json;
        json.Dispose();
        throw new FormatException($"{uri} is no JSON object.");
    }

    /// <summary>Keys that are replaced are left to the collector: a token may be verified by them right now.</summary>
    private sealed record Known(string Issuer, IReadOnlyList<SigningKey> Keys, long ReadAt)
    {
        public IReadOnlyList<SigningKey> Fitting(string? id) => id is null ? Keys : [.. Keys.Where(k => k.Id == id)];
    }
}
