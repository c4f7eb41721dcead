using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Orchestrator.Coordinator.Tests.Support;
using Orchestrator.Protocol;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Coordinator.Tests.Access;

/// <summary>Every role at every endpoint, over REST and gRPC.</summary>
public sealed class AccessTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] Unknown = ["nobody", "wrong", "basic", "expired"];
    private static readonly string[] Known = ["viewer", "submitter", "admin", "worker"];
    private static readonly string[] Viewers = ["viewer", "submitter", "admin"];
    private static readonly string[] Submitters = ["submitter", "admin"];

    private static readonly Dictionary<string, string[]> Rest = new(StringComparer.Ordinal)
    {
        ["GET /api/v1/experiments"] = Viewers,
        ["POST /api/v1/experiments"] = Submitters,
        ["GET /api/v1/experiments/{id}"] = Viewers,
        ["DELETE /api/v1/experiments/{id}"] = Submitters,
        ["POST /api/v1/experiments/{id}/stop"] = Submitters,
        ["POST /api/v1/experiments/{id}/resume"] = Submitters,
        ["GET /api/v1/experiments/{id}/trials/{trial}"] = Viewers,
        ["GET /api/v1/experiments/{id}/trials/{trial}/artifacts"] = Viewers,
        ["GET /api/v1/experiments/{id}/trials/{trial}/artifacts/{name}"] = Viewers,
        ["GET /api/v1/experiments/{id}/trials/{trial}/checkpoints"] = Viewers,
        ["GET /api/v1/experiments/{id}/trials/{trial}/curves"] = Viewers,
        ["POST /api/v1/experiments/{id}/trials/{trial}/pause"] = Submitters,
        ["POST /api/v1/experiments/{id}/trials/{trial}/resume"] = Submitters,
        ["POST /api/v1/experiments/{id}/trials/{trial}/extend"] = Submitters,
        ["POST /api/v1/experiments/{id}/trials/{trial}/fork"] = Submitters,
        ["POST /api/v1/experiments/{id}/trials/{trial}/stop"] = Submitters,
        ["GET /api/v1/experiments/{id}/trials/{trial}/log"] = Viewers,
        ["GET /api/v1/queues"] = Viewers,
        ["GET /api/v1/workers"] = Viewers,
    };

    private static readonly Dictionary<string, string[]> Rpc = new(StringComparer.Ordinal)
    {
        ["Experiments/Submit"] = Submitters,
        ["Experiments/Get"] = Viewers,
        ["Experiments/List"] = Viewers,
        ["Experiments/Watch"] = Viewers,
        ["Experiments/Stop"] = Submitters,
        ["Experiments/Resume"] = Submitters,
        ["Experiments/Delete"] = Submitters,
        ["Experiments/PauseTrial"] = Submitters,
        ["Experiments/ResumeTrial"] = Submitters,
        ["Experiments/ExtendTrial"] = Submitters,
        ["Experiments/ForkTrial"] = Submitters,
        ["Experiments/StopTrial"] = Submitters,
        ["Experiments/ListCheckpoints"] = Viewers,
        ["Experiments/ReadLog"] = Viewers,
        ["Experiments/ReadCurves"] = Viewers,
        ["Experiments/ListWorkers"] = Viewers,
        ["Experiments/ListQueues"] = Viewers,
        ["Workers/Connect"] = ["worker"],
    };

    private readonly TemporaryFolder _state = new();
    private readonly Credentials _credentials;
    private RunningCoordinator _coordinator = null!;

    public AccessTests() => _credentials = new Credentials(_state);

    public async Task InitializeAsync() => _coordinator = await RunningCoordinator.Start(_state, options => options with { Tokens = _credentials.File });

    public async Task DisposeAsync() => await _coordinator.DisposeAsync();

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task Rest_EveryEndpointAndRole_IsAsTheTableSays()
    {
        var document = await _coordinator.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var endpoints = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(verb => $"{verb.Name.ToUpperInvariant()} {path.Name}"));
        Assert.Equal(Rest.Keys.Order(StringComparer.Ordinal), endpoints.Order(StringComparer.Ordinal));

        foreach (var (endpoint, allowed) in Rest)
        {
            foreach (var who in (string[])[.. Unknown, .. Known])
            {
                var (verb, path) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1].Replace("{id}", "none-1").Replace("{trial}", "1"));
                var response = await Send(verb, path, who, verb == "POST" ? "{}" : null);
                var expected = Unknown.Contains(who) ? HttpStatusCode.Unauthorized : allowed.Contains(who) ? (HttpStatusCode?)null : HttpStatusCode.Forbidden;
                Assert.True(expected is null ? (int)response.StatusCode is not (401 or 403 or >= 500) : response.StatusCode == expected, $"{who}: {endpoint} gave {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            }
        }
    }

    [Fact]
    public async Task Rpc_EveryMethodAndRole_IsAsTheTableSays()
    {
        var services = new[] { ExperimentsReflection.Descriptor, WorkersReflection.Descriptor }.SelectMany(file => file.Services);
        var methods = services.SelectMany(service => service.Methods).ToDictionary(m => $"{m.Service.Name}/{m.Name}", StringComparer.Ordinal);
        Assert.Equal(Rpc.Keys.Order(StringComparer.Ordinal), methods.Keys.Order(StringComparer.Ordinal));

        foreach (var (name, allowed) in Rpc)
        {
            foreach (var who in (string[])[.. Unknown, .. Known])
            {
                var code = await Call(methods[name], who);
                var expected = Unknown.Contains(who) ? StatusCode.Unauthenticated : allowed.Contains(who) ? (StatusCode?)null : StatusCode.PermissionDenied;
                Assert.True(expected is null ? code is StatusCode.OK or StatusCode.NotFound or StatusCode.InvalidArgument : code == expected, $"{who}: {name} gave {code}");
            }
        }
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/")]
    [InlineData("/app.js")]
    public async Task Get_OperationalEndpoint_NeedsNoToken(string path) => Assert.Equal(HttpStatusCode.OK, (await Send("GET", path, "nobody")).StatusCode);

    [Theory]
    [InlineData("nobody", "This coordinator or worker asks for a token: send it as 'Authorization: Bearer TOKEN'.")]
    [InlineData("wrong", "The token is unknown.")]
    [InlineData("expired", "The token of 'expired' has expired.")]
    [InlineData("worker", "The role of 'worker' does not allow this.")]
    public async Task Refusal_OverRestAndGrpc_SaysWhy(string who, string why)
    {
        var error = await (await Send("GET", "/api/v1/workers", who)).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(why, error.GetProperty("errors")[0].GetString());

        var refused = await Assert.ThrowsAsync<RpcException>(() => Client().ListWorkersAsync(new ListWorkersRequest(), Headers(who)).ResponseAsync);
        Assert.Equal(why, refused.Status.Detail);
    }

    [Fact]
    public async Task Submission_OfATeam_WaitsInItsQueueAndIsItsOwn()
    {
        var sweep = Sweeps.Valid(_state);

        var submitted = await (await Send("POST", "/api/v1/experiments", "vision", sweep)).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("vision", submitted.GetProperty("queue").GetString());
        var id = submitted.GetProperty("id").GetString();

        var foreign = await Send("POST", "/api/v1/experiments", "vision", sweep + "\nqueue: audio\n");
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.Contains("'vision' submits to the queue 'vision', not to 'audio'", await foreign.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Forbidden, (await Send("POST", $"/api/v1/experiments/{id}/stop", "submitter")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Send("POST", $"/api/v1/experiments/{id}/trials/1/stop", "submitter")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Send("DELETE", $"/api/v1/experiments/{id}?force=true", "submitter")).StatusCode);
        var refused = await Assert.ThrowsAsync<RpcException>(() => Client().StopAsync(new StopExperimentRequest { Experiment = id }, Headers("submitter")).ResponseAsync);
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Send("POST", $"/api/v1/experiments/{id}/stop", "vision")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Send("POST", $"/api/v1/experiments/{id}/resume", "admin")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Send("DELETE", $"/api/v1/experiments/{id}?force=true", "vision")).StatusCode);
    }

    private async Task<HttpResponseMessage> Send(string verb, string path, string who, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), path);
        if (_credentials.Header(who) is { } header) request.Headers.TryAddWithoutValidation("Authorization", header);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, path.EndsWith("/experiments", StringComparison.Ordinal) ? "application/yaml" : "application/json");
        return await _coordinator.Http.SendAsync(request);
    }

    private Experiments.ExperimentsClient Client() => new(_coordinator.Channel);

    private Metadata Headers(string who) => _credentials.Header(who) is { } header ? new Metadata { { "authorization", header } } : [];

    /// <summary>Calls with an empty message, or none where the client streams.</summary>
    private async Task<StatusCode> Call(MethodDescriptor descriptor, string who)
    {
        var bytes = Marshallers.Create<byte[]>(message => message, message => message);
        var type = descriptor.IsClientStreaming ? MethodType.DuplexStreaming : descriptor.IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary;
        var method = new Method<byte[], byte[]>(type, descriptor.Service.FullName, descriptor.Name, bytes, bytes);
        using var patience = new CancellationTokenSource(RunningCoordinator.Patience);
        var options = new CallOptions(Headers(who), cancellationToken: patience.Token);
        var invoker = _coordinator.Channel.CreateCallInvoker();
        try
        {
            switch (type)
            {
                case MethodType.Unary:
                    await invoker.AsyncUnaryCall(method, null, options, []);
                    break;
                case MethodType.ServerStreaming:
                    using (var call = invoker.AsyncServerStreamingCall(method, null, options, [])) await call.ResponseStream.MoveNext(patience.Token);
                    break;
                default:
                    using (var call = invoker.AsyncDuplexStreamingCall(method, null, options))
                    {
                        await call.RequestStream.CompleteAsync();
                        await call.ResponseStream.MoveNext(patience.Token);
                    }
                    break;
            }
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }
}
