using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Functional.Tests.Support;

/// <summary>Takes spans in over OTLP/HTTP, on a free loopback port.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private const int Nested = 2;

    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<OtlpSpan> _spans = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OtlpReceiver(WebApplication app)
    {
        _app = app;
        app.MapPost("/v1/traces", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            Add(Spans(body.ToArray()));
            context.Response.StatusCode = StatusCodes.Status200OK;
        });
    }

    /// <summary>The standard variables that make a process send its spans here.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
    };

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var receiver = new OtlpReceiver(builder.Build());
        await receiver._app.StartAsync().WaitAsync(OrchProcess.Patience);
        return receiver;
    }

    /// <summary>Waits for a span.</summary>
    public async Task<OtlpSpan> SpanAsync(Predicate<OtlpSpan> predicate)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_spans.Find(predicate) is { } found) return found;
                changed = _changed.Task;
            }
            await changed.WaitAsync(OrchProcess.Patience);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Add(IEnumerable<OtlpSpan> spans)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _spans.AddRange(spans);
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        changed.SetResult();
    }

    /// <summary>An ExportTraceServiceRequest of opentelemetry-proto: resource_spans = 1; resource = 1, scope_spans = 2; spans = 2.</summary>
    private static IEnumerable<OtlpSpan> Spans(byte[] request) =>
        from resourceSpans in Fields(request, 1)
        let service = Fields(resourceSpans, 1).SelectMany(resource => Fields(resource, 1)).Where(attribute => Text(attribute, 1) == "service.name").Select(attribute => Text(Fields(attribute, 2).Single(), 1)).Single()
        from scopeSpans in Fields(resourceSpans, Nested)
        from span in Fields(scopeSpans, Nested)
        select new OtlpSpan(service, Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4));

    private static string Text(byte[] message, int field) => System.Text.Encoding.UTF8.GetString(Fields(message, field).Single());

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Fields(message, field).SingleOrDefault() ?? []);

    /// <summary>The values of a field of bytes, text or messages.</summary>
    private static List<byte[]> Fields(byte[] message, int field)
    {
        var found = new List<byte[]>();
        using var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagFieldNumber(tag) == field && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited) found.Add(input.ReadBytes().ToByteArray());
            else input.SkipLastField();
        }
        return found;
    }
}
