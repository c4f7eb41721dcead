using System.Net;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Orchestrator.Coordinator.Tests.Support;
using Orchestrator.Protocol;
using Orchestrator.ServiceDefaults.Files;
using Orchestrator.ServiceDefaults.Tls;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Coordinator.Tests.Access;

public sealed class TlsTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly TemporaryFolder _state = new();
    private readonly Credentials _credentials;
    private RunningCoordinator _coordinator = null!;

    public TlsTests()
    {
        _credentials = new Credentials(_state);
        Issue("ours");
        Issue("theirs");
    }

    public async Task InitializeAsync() => _coordinator = await RunningCoordinator.Start(
        _state, options => options with { Tokens = _credentials.File, Tls = new TlsFiles(At("ours.coordinator.crt"), At("ours.coordinator.key"), At("ours.ca.crt")) });

    public async Task DisposeAsync() => await _coordinator.DisposeAsync();

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task Worker_WithACertificateOfTheAuthority_IsRegistered()
    {
        using var channel = Open("ours", "ours.worker");

        Assert.NotNull((await Register(channel)).Registered);
        var refused = await Assert.ThrowsAsync<RpcException>(() => new Experiments.ExperimentsClient(channel).ListWorkersAsync(new ListWorkersRequest()).ResponseAsync);
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    [Theory]
    [InlineData("ours", null, StatusCode.Unauthenticated)] // no certificate
    [InlineData("ours", "theirs.worker", StatusCode.Unavailable)] // of another authority: no connection comes about
    [InlineData("ours", "ours.coordinator", StatusCode.Unavailable)] // a server's certificate is no client's
    [InlineData("theirs", "ours.worker", StatusCode.Unavailable)] // the coordinator's is of another authority
    public async Task Worker_WithAnythingElse_IsRefused(string trusted, string? certificate, StatusCode expected)
    {
        using var channel = Open(trusted, certificate);

        Assert.Equal(expected, (await Assert.ThrowsAsync<RpcException>(() => Register(channel))).StatusCode);
    }

    [Fact]
    public async Task People_WithAToken_NeedNoCertificate()
    {
        using var handler = new SocketsHttpHandler();
        new TlsClient(new Authority(At("ours.ca.crt"), TimeProvider.System)).Configure(handler);
        using var http = new HttpClient(handler) { BaseAddress = _coordinator.Http.BaseAddress, Timeout = RunningCoordinator.Patience };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", _credentials.Header("viewer"));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/api/v1/workers", UriKind.Relative))).StatusCode);

        using var channel = Open("ours", null);
        var headers = new Metadata { { "authorization", _credentials.Header("viewer")! } };
        Assert.Empty((await new Experiments.ExperimentsClient(channel).ListWorkersAsync(new ListWorkersRequest(), headers)).Workers);
    }

    [Fact]
    public void Certificate_FilesRotated_IsTheNewOneForNewConnections()
    {
        var time = new FakeTimeProvider();
        var faults = new List<string>();
        var certificate = new HostCertificate(At("ours.worker.crt"), At("ours.worker.key"), time, faults.Add);
        var before = certificate.Context.TargetCertificate.Thumbprint;

        File.Copy(At("theirs.worker.crt"), At("ours.worker.crt"), overwrite: true);
        time.Advance(Reread<object>.Interval);
        Assert.Equal(before, certificate.Context.TargetCertificate.Thumbprint); // only half of the pair is there
        Assert.Single(faults);
        File.Copy(At("theirs.worker.key"), At("ours.worker.key"), overwrite: true);
        time.Advance(Reread<object>.Interval);
        Assert.NotEqual(before, certificate.Context.TargetCertificate.Thumbprint);
        Assert.Single(faults);
    }

    [Fact]
    public void Issued_Certificates_AreForTheirNamesAndPurposes()
    {
        var ours = new Authority(At("ours.ca.crt"), TimeProvider.System);
        using var coordinator = X509CertificateLoader.LoadCertificateFromFile(At("ours.coordinator.crt"));
        using var worker = X509CertificateLoader.LoadCertificateFromFile(At("ours.worker.crt"));

        Assert.True(ours.IsServer(coordinator, null, "localhost"));
        Assert.True(ours.IsServer(coordinator, null, "127.0.0.1"));
        Assert.False(ours.IsServer(coordinator, null, "elsewhere.example"));
        Assert.False(ours.IsClient(coordinator, null));
        Assert.True(ours.IsServer(worker, null, CertificateIssuer.WorkerName));
        Assert.False(ours.IsServer(worker, null, "localhost"));
        Assert.True(ours.IsClient(worker, null));
        Assert.False(ours.IsClient(null, null));
    }

    private static async Task<CoordinatorMessage> Register(GrpcChannel channel)
    {
        using var patience = new CancellationTokenSource(RunningCoordinator.Patience);
        using var call = new Workers.WorkersClient(channel).Connect(cancellationToken: patience.Token);
        var writing = call.RequestStream.WriteAsync(new WorkerMessage { Register = new Register { Worker = "w1", Host = "host", Device = "cpu", Endpoint = "https://127.0.0.1:1" } });
        await call.ResponseStream.MoveNext(patience.Token);
        await writing;
        return call.ResponseStream.Current;
    }

    private GrpcChannel Open(string trusted, string? certificate)
    {
        var handler = new SocketsHttpHandler();
        new TlsClient(
            new Authority(At(trusted + ".ca.crt"), TimeProvider.System),
            certificate is null ? null : new HostCertificate(At(certificate + ".crt"), At(certificate + ".key"), TimeProvider.System)).Configure(handler);
        return GrpcChannel.ForAddress(_coordinator.GrpcAddress, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    private string At(string name) => _state.At(name);

    private void Issue(string authority)
    {
        using var issuer = CertificateIssuer.Create(Lifetime, TimeProvider.System);
        Write("ca", issuer.Authority);
        Write("coordinator", issuer.IssueCoordinator(["localhost", "127.0.0.1"], Lifetime));
        Write("worker", issuer.IssueWorker("a worker", Lifetime));

        void Write(string name, (string Certificate, string Key) pair)
        {
            _state.Write($"{authority}.{name}.crt", pair.Certificate);
            _state.Write($"{authority}.{name}.key", pair.Key);
        }
    }
}
