using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Kubernetes.Access;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Telemetry;

namespace Orchestrator.Kubernetes.Client;

/// <summary>
/// What is needed of the API server, typed. Requests that may succeed later are sent again, a bounded number of times, when the server says or with growing,
/// jittered pauses; a token that was refused is read anew once. Safe for use by many at once.
/// </summary>
internal sealed class KubernetesClient : IDisposable
{
    /// <summary>Who we are to server-side apply.</summary>
    public const string FieldManager = "orchestrator";

    private const int PageSize = 500;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly ClusterAccess _access;
    private readonly HttpClient _http;
    private readonly RetryPolicy _retries;
    private readonly KubernetesInstruments _instruments;
    private readonly TimeProvider _time;

    /// <summary>A client; it disposes of <paramref name="handler"/>.</summary>
    public KubernetesClient(ClusterAccess access, HttpMessageHandler handler, KubernetesInstruments instruments, TimeProvider time)
    {
        (_access, _instruments, _time) = (access, instruments, time);
        _retries = new RetryPolicy((ulong)Environment.ProcessId);
        _http = new HttpClient(handler)
        {
            BaseAddress = access.Server,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = access.Server.Scheme == Uri.UriSchemeHttps ? HttpVersion.Version20 : HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("orchestrator", typeof(KubernetesClient).Assembly.GetName().Version?.ToString(3)));
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    /// <summary>The namespace unless another is named.</summary>
    public string Namespace => _access.Namespace;

    /// <summary>The object, or null where there is none.</summary>
    public async Task<T?> Find<T>(ResourceKind<T> kind, string? @namespace, string name, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await Get(kind.Path(@namespace, name), kind.Item, cancellationToken);
        }
        catch (KubernetesException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Reads one thing at a path.</summary>
    public Task<T> Get<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) => Send("get", HttpMethod.Get, path, null, null, type, cancellationToken);

    /// <summary>All objects that are selected, page by page. The pages show one state; <see cref="KubernetesException.IsGone"/> when the server no longer has it.</summary>
    public async IAsyncEnumerable<ResourceList<T>> List<T>(ResourceKind<T> kind, Selection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = "";
        do
        {
            var path = $"{kind.Path(selection.Namespace)}?limit={PageSize}{selection.Query()}{(next.Length > 0 ? $"&continue={Uri.EscapeDataString(next)}" : "")}";
            var page = await Send("list", HttpMethod.Get, path, null, null, kind.List, cancellationToken);
            yield return page;
            next = page.Metadata.Continue ?? "";
        }
        while (next.Length > 0);
    }

    /// <summary>Creates an object. One that exists is <see cref="KubernetesException.IsConflict"/>: also where an earlier attempt of this very call made it.</summary>
    /// <param name="kind">Of what.</param>
    /// <param name="namespace">Where; null: the kind has no namespaces.</param>
    /// <param name="body">The object.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="dryRun">Whether the server only says what it would make of it.</param>
    public Task<T> Create<T>(ResourceKind<T> kind, string? @namespace, JsonNode body, CancellationToken cancellationToken, bool dryRun = false) =>
        Send("create", HttpMethod.Post, kind.Path(@namespace) + (dryRun ? "?dryRun=All" : ""), body.ToJsonString(), "application/json", kind.Item, cancellationToken);

    /// <summary>Replaces an object; its resource version must be in the body, or another's change may be lost.</summary>
    public Task<T> Replace<T>(ResourceKind<T> kind, string? @namespace, string name, T body, CancellationToken cancellationToken) =>
        Send("update", HttpMethod.Put, kind.Path(@namespace, name), JsonSerializer.Serialize(body, kind.Item), "application/json", kind.Item, cancellationToken);

    /// <summary>Changes an object, or a part of it such as <c>status</c>.</summary>
    public Task<T> Patch<T>(ResourceKind<T> kind, string? @namespace, string name, PatchKind how, JsonNode patch, CancellationToken cancellationToken, string? part = null)
    {
        var path = kind.Path(@namespace, name) + (part is null ? "" : $"/{part}") + (how == PatchKind.Apply ? $"?fieldManager={FieldManager}&force=true" : "");
        var type = how == PatchKind.Apply ? "application/apply-patch+yaml" : "application/merge-patch+json";
        return Send("patch", HttpMethod.Patch, path, patch.ToJsonString(), type, kind.Item, cancellationToken);
    }

    /// <summary>Deletes an object; with a UID, only the one that has it.</summary>
    /// <returns>False where there was none, or another one.</returns>
    public async Task<bool> Delete<T>(ResourceKind<T> kind, string? @namespace, string name, string? uid, TimeSpan? grace, CancellationToken cancellationToken)
    {
        var options = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions", ["propagationPolicy"] = "Background" };
        if (uid is not null) options["preconditions"] = new JsonObject { ["uid"] = uid };
        if (grace is { } seconds) options["gracePeriodSeconds"] = (long)seconds.TotalSeconds;
        try
        {
            await Send("delete", HttpMethod.Delete, kind.Path(@namespace, name), options.ToJsonString(), "application/json", ModelJson.Of<JsonNode>(), cancellationToken);
            return true;
        }
        catch (KubernetesException exception) when (exception.IsNotFound || exception.IsConflict)
        {
            return false;
        }
    }

    /// <summary>Opens a watch: what changes after a resource version, one JSON object a line. The caller disposes of the answer.</summary>
    public async Task<HttpResponseMessage> OpenWatch<T>(ResourceKind<T> kind, Selection selection, string resourceVersion, TimeSpan length, CancellationToken cancellationToken)
    {
        var path = $"{kind.Path(selection.Namespace)}?watch=1&allowWatchBookmarks=true&resourceVersion={Uri.EscapeDataString(resourceVersion)}&timeoutSeconds={(long)length.TotalSeconds}{selection.Query()}";
        return await Exchange("watch", HttpMethod.Get, path, null, null, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> Send<T>(string verb, HttpMethod method, string path, string? body, string? contentType, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(RequestTimeout * RetryPolicy.Attempts, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var response = await Exchange(verb, method, path, body, contentType, either.Token);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            return await JsonSerializer.DeserializeAsync(stream, type, either.Token) ?? throw KubernetesException.Protocol($"nothing, to {method} {path}");
        }
        catch (JsonException exception)
        {
            throw KubernetesException.Protocol($"the answer to {method} {path}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw KubernetesException.Unreachable(_access.Server, exception);
        }
    }

    /// <summary>Sends until there is an answer that is final.</summary>
    private async Task<HttpResponseMessage> Exchange(string verb, HttpMethod method, string path, string? body, string? contentType, CancellationToken cancellationToken)
    {
        var refused = false;
        for (var attempt = 1; ; attempt++)
        {
            var (response, failure) = await TryOnce(verb, method, path, body, contentType, refused, cancellationToken);
            if (response is { IsSuccessStatusCode: true }) return response;
            var isLast = attempt == RetryPolicy.Attempts;
            TimeSpan? retryAfter = null;
            if (response is not null)
            {
                using (response)
                {
                    var again = response.StatusCode == HttpStatusCode.Unauthorized ? !refused && _access.Token is not null : RetryPolicy.IsTransient(response.StatusCode);
                    if (isLast || !again) throw await Refusal(method, path, response, cancellationToken);
                    refused = response.StatusCode == HttpStatusCode.Unauthorized;
                    retryAfter = RetryAfter(response);
                }
            }
            else if (isLast)
            {
                throw KubernetesException.Unreachable(_access.Server, failure!);
            }
            _instruments.Retried(verb);
            await Task.Delay(_retries.Pause(attempt, retryAfter), _time, cancellationToken);
        }
    }

    private async Task<(HttpResponseMessage? Response, Exception? Failure)> TryOnce(
        string verb, HttpMethod method, string path, string? body, string? contentType, bool refused, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, new MediaTypeHeaderValue(contentType!));
        if (_access.Token is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Read(refused));
        using var timeout = new CancellationTokenSource(RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var started = _time.GetTimestamp();
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            _instruments.Answered(verb, response.StatusCode, _time.GetElapsedTime(started));
            return (response, null);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            _instruments.Failed(verb);
            return (null, new TimeoutException($"no answer within {RequestTimeout.TotalSeconds:0} s", exception));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            _instruments.Failed(verb);
            return (null, exception.InnerException ?? exception);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _time.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero,
        _ => null,
    };

    private static async Task<KubernetesException> Refusal(HttpMethod method, string path, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ApiStatus? status = null;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            status = await JsonSerializer.DeserializeAsync(stream, ModelJson.Of<ApiStatus>(), cancellationToken);
        }
        catch (JsonException)
        {
            // A proxy on the way answers in its own words: the status code says enough.
        }
        return KubernetesException.Refused(method, path, response.StatusCode, status?.Reason, status?.Message ?? response.ReasonPhrase);
    }
}
