using System.Text.Json.Nodes;
using Orchestrator.Functional.Tests.Support;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Functional.Tests;

public sealed class TracingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Submit_Traced_IsOneTraceFromTheTerminalToTheWorkerAndBack()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var coordinator = await HostProcess.StartAsync(receiver.Environment, "coordinator", "--state", _folder.At("state"), "--port", "0", "--grpc-port", "0", "--log", "json");
        await using var worker = await HostProcess.StartAsync(receiver.Environment, "worker", "--coordinator", coordinator.Grpc);
        await using var submit = OrchProcess.Start(receiver.Environment, "submit", Sweeps.Write(_folder, trials: 1), "--coordinator", coordinator.Grpc);
        (await submit.EndAsync()).Expect(0);
        (await OrchProcess.RunAsync("watch", "--coordinator", coordinator.Grpc)).Expect(0);

        var root = await receiver.SpanAsync(span => span is { Service: "orchestrator-cli", Name: "orch submit" });
        Assert.Equal("", root.Parent);
        var grain = await receiver.SpanAsync(span => span.Service == "orchestrator-coordinator" && span.Name == "Submit" && span.Trace == root.Trace);
        var attempt = await receiver.SpanAsync(span => span.Service == "orchestrator-worker" && span.Name == "attempt" && span.Trace == root.Trace);
        var report = await receiver.SpanAsync(span => span.Service == "orchestrator-coordinator" && span.Name == "Report" && span.Parent == attempt.Id);
        Assert.NotEqual("", grain.Parent);
        Assert.Equal(root.Trace, report.Trace);

        var log = (await OrchProcess.RunAsync("logs", "1", "--coordinator", coordinator.Grpc, "--json")).Expect(0).Output;
        Assert.All(log.TrimEnd('\n').Split('\n'), line => Assert.Equal(root.Trace, (string?)JsonNode.Parse(line)!["trace_id"]));
        var events = (await coordinator.KillAndReadErrorAsync()).Split('\n').Where(line => line.Contains("\"EventId\":1001", StringComparison.Ordinal)).ToList();
        Assert.True(events.Count(line => line.Contains(root.Trace, StringComparison.Ordinal)) >= 2, string.Join('\n', events)); // its submission, and what the worker reported
    }

    public void Dispose() => _folder.Dispose();
}
