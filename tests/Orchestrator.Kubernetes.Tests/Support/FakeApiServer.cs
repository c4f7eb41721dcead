using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Kubernetes.Access;
using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Telemetry;

namespace Orchestrator.Kubernetes.Tests.Support;

/// <summary>An API server that answers each request with the next answer of a script, and remembers what it was asked.</summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();
    private readonly ConcurrentQueue<SeenRequest> _seen = new();
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();

    private FakeApiServer(WebApplication app) => _app = app;

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    public Uri Address => new(_app.Urls.First());

    public KubernetesInstruments Instruments => new(_metrics.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());

    public static async Task<FakeApiServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new FakeApiServer(app);
        app.Run(server.Answer);
        await app.StartAsync();
        return server;
    }

    public KubernetesClient Client(TimeProvider? time = null, ITokenSource? token = null) =>
        new(new ClusterAccess(Address) { Token = token }, new SocketsHttpHandler(), Instruments, time ?? TimeProvider.System);

    public FakeApiServer Then(Func<HttpContext, Task> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    public FakeApiServer ThenJson(string json, int status = 200, params (string Name, string Value)[] headers) => Then(async context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    });

    /// <summary>Answers with lines, and then ends.</summary>
    public FakeApiServer ThenLines(params string[] lines) => ThenJson(string.Concat(lines.Select(l => l + "\n")));

    /// <summary>Answers with lines, and then stays open until the client goes.</summary>
    public FakeApiServer ThenOpen(params string[] lines) => Then(async context =>
    {
        foreach (var line in lines) await context.Response.WriteAsync(line + "\n");
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    });

    public FakeApiServer ThenBreak() => Then(context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _metrics.DisposeAsync();
    }

    private async Task Answer(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        _seen.Enqueue(new SeenRequest(
            context.Request.Method, context.Request.Path + context.Request.QueryString, await reader.ReadToEndAsync(), context.Request.Headers.Authorization.ToString(), context.Request.ContentType));
        if (_script.TryDequeue(out var answer)) await answer(context);
        else context.Response.StatusCode = StatusCodes.Status418ImATeapot;
    }
}
