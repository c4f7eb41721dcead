using System.Net;
using Orchestrator.Functional.Tests.Support;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Functional.Tests;

/// <summary>What probes are told.</summary>
public sealed class ReadinessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Readyz_OfAWorker_IsWhetherTheCoordinatorKnowsIt()
    {
        await using var coordinator = await HostProcess.StartAsync("coordinator", "--state", _folder.At("state"), "--port", "0", "--grpc-port", "0");
        await using var worker = await HostProcess.StartAsync("worker", "--coordinator", coordinator.Grpc);

        await Until($"{worker.Http}/readyz", HttpStatusCode.OK);
        coordinator.Kill();
        await Until($"{worker.Http}/readyz", HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync($"{worker.Http}/healthz")).StatusCode); // it is alive, and must not be killed for the coordinator
    }

    private async Task Until(string address, HttpStatusCode wanted)
    {
        using var patience = new CancellationTokenSource(OrchProcess.Patience);
        while ((await _http.GetAsync(address, patience.Token)).StatusCode != wanted) await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
    }
}
