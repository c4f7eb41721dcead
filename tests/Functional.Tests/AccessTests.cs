using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Orchestrator.Functional.Tests.Support;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Functional.Tests;

/// <summary>An installation as <c>docs/operations.md</c> makes one: its own authority, tokens for people, certificates for workers.</summary>
public sealed class AccessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Cluster_WithCertificatesAndTokens_TrainsAndLetsNobodyElseIn()
    {
        (await OrchProcess.RunAsync("certificates", "new", "--out", Certificate(""))).Expect(0);
        var submitter = await TokenAsync("submitter");
        var viewer = await TokenAsync("viewer");
        await using var coordinator = await HostProcess.StartAsync(
            "coordinator", "--state", _folder.At("state"), "--port", "0", "--grpc-port", "0", "--tokens", _folder.At("tokens"),
            "--tls-cert", Certificate("coordinator.crt"), "--tls-key", Certificate("coordinator.key"), "--client-ca", Certificate("ca.crt"));
        Assert.StartsWith("https://", coordinator.Grpc, StringComparison.Ordinal);
        await using var first = await StartWorkerAsync(coordinator);
        await using var second = await StartWorkerAsync(coordinator);
        var sweep = Sweeps.Write(_folder, trials: 1, ranks: 2, collective: "grpc");

        var nobody = (await AskAsync(coordinator, token: null, "submit", sweep)).Expect(3);
        Assert.Contains("set ORCH_TOKEN or --token-file", nobody.Error, StringComparison.Ordinal);
        var onlyLooks = (await AskAsync(coordinator, viewer, "submit", sweep)).Expect(3);
        Assert.Contains("The role of 'viewer' does not allow this", onlyLooks.Error, StringComparison.Ordinal);
        (await AskAsync(coordinator, submitter, "submit", sweep)).Expect(0);
        var log = AskAsync(coordinator, viewer, "logs", "1", "-f");
        var result = (await AskAsync(coordinator, viewer, "watch", "--json")).Expect(0);

        Assert.Equal("completed", (string?)Assert.Single(result.Trials)["status"]);
        Assert.Matches("(?s)rank 0 of 2 starts.*epoch 1, step .*validation_elbo.*epoch 2, ", (await log).Expect(0).Output);
        Assert.Contains("rank 1 of 2 starts", (await AskAsync(coordinator, viewer, "logs", "1", "--rank", "1")).Expect(0).Output, StringComparison.Ordinal);
        await AssertNeedsCertificateAsync(first.Grpc);
    }

    [Fact]
    public async Task Coordinator_OpenToANetwork_IsRefusedUnlessToldSo()
    {
        var refused = (await OrchProcess.RunAsync("coordinator", "--state", _folder.At("state"), "--bind", "0.0.0.0", "--port", "0", "--grpc-port", "0")).Expect(3);
        Assert.Matches("^error: coordinator: --bind 0.0.0.0 .*--tokens.*--insecure", refused.Error);
        refused = (await OrchProcess.RunAsync("worker", "--coordinator", "http://127.0.0.1:1", "--bind", "0.0.0.0")).Expect(3);
        Assert.Matches("^error: worker: --bind 0.0.0.0 .*--tls-cert.*--token-file.*--insecure", refused.Error);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The port where ranks reach each other ends a connection that presents no worker's certificate.</summary>
    private static async Task AssertNeedsCertificateAsync(string address)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => ((X509Certificate2)certificate!).MatchesHostname("worker.orchestrator");
        using var client = new HttpClient(handler) { Timeout = OrchProcess.Patience };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{address}/orchestrator.v1.ProcessGroups/Join"))
        {
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => client.SendAsync(request));
        Assert.True(refused is HttpRequestException or AuthenticationException or IOException, refused.ToString());
    }

    private string Certificate(string file) => _folder.At("certs", file);

    private async Task<string> TokenAsync(string role)
    {
        var result = (await OrchProcess.RunAsync("token", "new", "--role", role, "--name", role, "--add-to", _folder.At("tokens"))).Expect(0);
        return _folder.Write(role + ".token", result.Output);
    }

    private Task<HostProcess> StartWorkerAsync(HostProcess coordinator) => HostProcess.StartAsync(
        "worker", "--coordinator", coordinator.Grpc, "--tls-cert", Certificate("worker.crt"), "--tls-key", Certificate("worker.key"), "--ca", Certificate("ca.crt"));

    private Task<OrchResult> AskAsync(HostProcess coordinator, string? token, params string[] arguments) => OrchProcess.RunAsync(
        [.. arguments, "--coordinator", coordinator.Grpc, "--ca", Certificate("ca.crt"), .. token is null ? Array.Empty<string>() : ["--token-file", token]]);
}
