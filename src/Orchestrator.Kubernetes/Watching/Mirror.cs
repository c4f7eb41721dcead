using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Telemetry;

namespace Orchestrator.Kubernetes.Watching;

/// <summary>
/// Keeps a copy of the selected objects: lists once, then watches, and goes on from where a watch ended. Only where the server no longer knows
/// what came since (410) it lists again.
/// </summary>
/// <param name="client">The API server.</param>
/// <param name="kind">What to copy.</param>
/// <param name="selection">Which of them.</param>
/// <param name="changed">Called after every change of the copy, and when a list has replaced it.</param>
/// <param name="instruments">Counts lists.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it says what broke.</param>
internal sealed partial class Mirror<T>(
    KubernetesClient client, ResourceKind<T> kind, Selection selection, Action changed, KubernetesInstruments instruments, TimeProvider time, ILogger logger)
    where T : class, IResource
{
    /// <summary>How long the server is to keep a watch open.</summary>
    public static readonly TimeSpan WatchLength = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, T> _objects = new(StringComparer.Ordinal);
    private string? _version;

    /// <summary>Whether it has been listed once: before, the copy says nothing.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The objects, by name.</summary>
    public IReadOnlyDictionary<string, T> Objects => _objects;

    /// <summary>Keeps the copy until cancelled. Errors of the server end nothing; they are logged and tried again.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (_version is null) await List(cancellationToken);
                if (await Watch(cancellationToken)) pause = FirstPause;
            }
            catch (KubernetesException exception) when (exception.IsGone)
            {
                LogGone(kind.Plural);
                instruments.Relisted(kind.Plural);
                _version = null;
            }
            catch (Exception exception) when (exception is KubernetesException or IOException or HttpRequestException or JsonException or OperationCanceledException)
            {
                if (cancellationToken.IsCancellationRequested) return;
                LogBroken(kind.Plural, exception.Message, pause);
            }
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task List(CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var version = "";
        await foreach (var page in client.List(kind, selection, cancellationToken))
        {
            foreach (var item in page.Items)
            {
                seen.Add(item.Metadata.Name);
                _objects[item.Metadata.Name] = item;
            }
            version = page.Metadata.ResourceVersion;
        }
        foreach (var name in _objects.Keys)
        {
            if (!seen.Contains(name)) _objects.TryRemove(name, out _);
        }
        _version = version;
        IsComplete = true;
        changed();
    }

    /// <summary>One watch to its end, in order or not.</summary>
    /// <returns>Whether anything came.</returns>
    private async Task<bool> Watch(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(WatchLength + Slack, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var response = await client.OpenWatch(kind, selection, _version!, WatchLength, either.Token);
        await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
        await using var lines = new LineReader(stream);
        var any = false;
        while (await lines.Next(either.Token) is { } line)
        {
            Apply(WatchLine.Parse(line));
            any = true;
        }
        return any;
    }

    private void Apply(WatchLine line)
    {
        if (line.Type == "ERROR")
        {
            var status = JsonSerializer.Deserialize(line.Object.Span, ModelJson.Of<ApiStatus>());
            throw KubernetesException.Refused(HttpMethod.Get, kind.Path(selection.Namespace), (HttpStatusCode)(status?.Code ?? 0), status?.Reason, status?.Message);
        }
        var item = JsonSerializer.Deserialize(line.Object.Span, kind.Item) ?? throw new JsonException("A watch event's object is null.");
        _version = item.Metadata.ResourceVersion ?? throw new JsonException("A watch event's object has no resourceVersion.");
        switch (line.Type)
        {
            case "ADDED" or "MODIFIED": _objects[item.Metadata.Name] = item; break;
            case "DELETED": _objects.TryRemove(item.Metadata.Name, out _); break;
            default: return; // a bookmark only moves on
        }
        changed();
    }

    [LoggerMessage(EventId = 6001, Level = LogLevel.Information, Message = "The API server no longer knows what came since the watch of {Kind} ended; listing again")]
    private partial void LogGone(string kind);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Warning, Message = "The watch of {Kind} broke ({Reason}); going on in {Pause}")]
    private partial void LogBroken(string kind, string reason, TimeSpan pause);
}
