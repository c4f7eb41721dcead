using System.Net;
using Grpc.Core;
using Orchestrator.Coordinator.Tests.Support;
using Orchestrator.Protocol;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Coordinator.Tests.Access.Oidc;

/// <summary>People with a provider's token at a coordinator, beside others with tokens of the coordinator's own.</summary>
public sealed class OidcAccessTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _state = new();
    private readonly Credentials _credentials;
    private FakeProvider _provider = null!;
    private RunningCoordinator _coordinator = null!;

    public OidcAccessTests() => _credentials = new Credentials(_state);

    public async Task InitializeAsync()
    {
        _provider = await FakeProvider.Start();
        var oidc = _state.Write("oidc", $"issuer={_provider.Issuer} audience={FakeProvider.Audience}\ngroups=\"vision team\" role=submitter team=vision\ngroups=guests role=viewer\n");
        _coordinator = await RunningCoordinator.Start(_state, options => options with { Tokens = _credentials.File, Oidc = oidc });
    }

    public async Task DisposeAsync()
    {
        await _coordinator.DisposeAsync();
        await _provider.DisposeAsync();
    }

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task Request_OfEachKindOfPerson_IsAnsweredByItsRule()
    {
        var ann = Token("vision team");
        Assert.Equal("vision", (await Submit(ann)).Queue);
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(() => Submit(ann, "\nqueue: audio\n"))).StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(() => Submit(Token("guests")))).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => Submit(ann[..^5]))).StatusCode);

        Assert.Equal(HttpStatusCode.OK, await Get($"Bearer {Token("guests")}"));
        Assert.Equal(HttpStatusCode.Forbidden, await Get($"Bearer {Token("strangers")}"));
        Assert.Equal(HttpStatusCode.OK, await Get(_credentials.Header("viewer")!));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(_credentials.Header("wrong")!));
    }

    private static string Bearer(string token) => $"Bearer {token}";

    private string Token(string group) => _provider.Token(TimeProvider.System.GetUtcNow(), "ES256", "e1", claims => claims["groups"] = group);

    private async Task<Experiment> Submit(string token, string more = "") => await new Experiments.ExperimentsClient(_coordinator.Channel)
        .SubmitAsync(new SubmitRequest { Source = Sweeps.Valid(_state) + more, BaseDirectory = _state.Path }, new Metadata { { "authorization", Bearer(token) } }).ResponseAsync.WaitAsync(RunningCoordinator.Patience);

    private async Task<HttpStatusCode> Get(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/workers");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        return (await _coordinator.Http.SendAsync(request)).StatusCode;
    }
}
