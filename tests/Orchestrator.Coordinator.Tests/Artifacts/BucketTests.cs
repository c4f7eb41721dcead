using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Orchestrator.Coordinator.Tests.Support;
using Orchestrator.Protocol;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.S3;

namespace Orchestrator.Coordinator.Tests.Artifacts;

/// <summary>What a coordinator shows and deletes of experiments whose files are in a bucket.</summary>
public sealed class BucketTests : IAsyncLifetime, IDisposable
{
    private const string Root = "team/tiny-1";

    private readonly TemporaryFolder _state = new();
    private FakeS3 _bucket = null!;
    private RunningCoordinator _coordinator = null!;
    private Experiments.ExperimentsClient _client = null!;

    public async Task InitializeAsync()
    {
        foreach (var (name, value) in FakeS3.Environment) Environment.SetEnvironmentVariable(name, value);
        _bucket = await FakeS3.Start();
        _coordinator = await RunningCoordinator.Start(_state, options => options with { Checkpoints = _bucket.Url("team") });
        _client = new Experiments.ExperimentsClient(_coordinator.Channel);
        await _client.SubmitAsync(new SubmitRequest { Source = Sweeps.Valid(_state, trials: 1) });
        using var worker = new StreamingWorker(_coordinator, "w1");
        await worker.Dial();
        var assign = await worker.NextAssignment();
        Assert.Equal(_bucket.Url(Root + "/trial-1"), assign.CheckpointFolder);
        await worker.Acknowledged(new WorkerMessage { RankEnded = new RankEnded { Attempt = assign.Attempt, Sequence = 1, Outcome = Outcome.FailedForGood, Reason = "no data" } });
        Put("trial-1/artifacts/step-000000010-attempt-001/samples.txt", "one");
        Put("trial-1/artifacts/step-000000020-attempt-001/samples.html", "two");
        Put("trial-1/step-000000020-attempt-001/manifest.json", "{}");
        Put("logs/trial-1/rank-0.00001.00000.log", Line("first"));
        Put("logs/trial-1/rank-0.00002.00000.log", Line("second"));
        Put("logs/trial-1/rank-1.00001.00000.log", Line("of another rank"));
    }

    public async Task DisposeAsync()
    {
        await _coordinator.DisposeAsync();
        await _bucket.DisposeAsync();
    }

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task Get_ArtifactsAndLogs_AreThoseOfTheBucket()
    {
        var list = (await _coordinator.Http.GetFromJsonAsync<JsonElement>(Trial("/artifacts"))).EnumerateArray().Select(a => a.GetProperty("name").GetString()!);
        Assert.Equal(["step-000000020-attempt-001/samples.html", "step-000000010-attempt-001/samples.txt"], list);
        var file = await _coordinator.Http.GetAsync(Trial("/artifacts/step-000000020-attempt-001/samples.html"));
        Assert.Equal("two", await file.Content.ReadAsStringAsync());
        Assert.StartsWith("sandbox", Assert.Single(file.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _coordinator.Http.GetAsync(Trial("/artifacts/..%2f..%2fstep-000000020-attempt-001%2fmanifest.json"))).StatusCode);

        var log = await _coordinator.Http.GetStringAsync(Trial("/log"));
        Assert.Equal(["first", "second"], log.TrimEnd('\n').Split('\n').Select(line => ServiceDefaults.Logs.LogLine.Parse(Encoding.UTF8.GetBytes(line))!.Message));
    }

    [Fact]
    public async Task Delete_WithAndWithoutCheckpoints_LeavesTheseOrNothing()
    {
        _bucket.Fault = request => request.StartsWith("DELETE", StringComparison.Ordinal) ? S3Fault.Denied : null;
        var denied = await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () => await _client.DeleteAsync(new DeleteExperimentRequest { Experiment = "tiny-1", KeepCheckpoints = true }));
        Assert.Contains("s3:DeleteObject", denied.Status.Detail, StringComparison.Ordinal);

        _bucket.Fault = null;
        await _client.DeleteAsync(new DeleteExperimentRequest { Experiment = "tiny-1", KeepCheckpoints = true });
        Assert.NotEmpty(_bucket.Bucket.Keys);
        Assert.All(_bucket.Bucket.Keys, key => Assert.StartsWith(Root + "/trial-1/", key, StringComparison.Ordinal));
    }

    private static Uri Trial(string path) => new($"/api/v1/experiments/tiny-1/trials/1{path}", UriKind.Relative);

    private static string Line(string message) => Encoding.UTF8.GetString(new ServiceDefaults.Logs.LogLine(DateTimeOffset.UnixEpoch, "information", 1, 0, "w1", message).ToUtf8()) + "\n";

    private void Put(string name, string content) => _bucket.Bucket[$"{Root}/{name}"] = Encoding.UTF8.GetBytes(content);
}
