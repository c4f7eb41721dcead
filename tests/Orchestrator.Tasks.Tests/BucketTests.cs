using Orchestrator.Checkpoints;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Specs;
using Orchestrator.TestKit.S3;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Trials;

namespace Orchestrator.Tasks.Tests;

/// <summary>Trials whose checkpoints are in a bucket.</summary>
public sealed class BucketTests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trials-").FullName;
    private FakeS3 _server = null!;

    public async Task InitializeAsync()
    {
        foreach (var (name, value) in FakeS3.Environment)
            Environment.SetEnvironmentVariable(name, value);
        _server = await FakeS3.Start();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_KeepingOne_LeavesTheNewestAndTheBestAlone()
    {
        var observer = new RecordingObserver();
        var result = Trials.Run(Small(4) with { Checkpoint = new CheckpointSpec(Every: 1, Keep: 1) }, observer);
        Assert.Equal(TrialOutcome.Completed, result.Outcome);
        Assert.InRange(observer.Registered.Count, 1, 2);
        string[] files = ["manifest.json", "model.safetensors", "optimizer.safetensors"];
        var expected = observer.Registered.SelectMany(record => files.Select(file => $"run/trial-1/{CheckpointLocation.Parse(record.Location).Name}/{file}"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), _server.Bucket.Keys);
        Assert.NotNull(new SampleWriter(TaskCatalog.BuiltIn).WriteSamples(observer.Registered[^1].Location, Path.Combine(_folder, "samples"), new SampleRequest()));
    }

    [Fact]
    public void Run_WithADamagedCheckpoint_ReportsItAndUsesTheOneBefore()
    {
        var records = Train();
        _server.Bucket[Key(records[0], "model.safetensors")] = _server.Bucket[Key(records[0], "model.safetensors")][..^4];
        var second = new RecordingObserver();
        Trials.Run(NextAttempt(Small(3), records), second);
        Assert.Equal((records[0], CheckpointError.Damaged), (Assert.Single(second.Refused).Record, second.Refused[0].Reason.Error));
        Assert.Equal((1, 9L), (second.Started!.Epoch, second.Started.Step));
    }

    [Fact]
    public void Run_WhereTheNewestCheckpointDoesNotAnswer_UsesNoOlderOne()
    {
        var records = Train();
        _server.Fault = request => request.EndsWith(Key(records[0], "manifest.json"), StringComparison.Ordinal) ? S3Fault.SlowDown : null;
        var second = new RecordingObserver();
        var exception = Assert.Throws<CheckpointException>(() => Trials.Run(NextAttempt(Small(3), records), second));
        Assert.Equal(CheckpointError.Unavailable, exception.Error);
        Assert.Empty(second.Refused);
        Assert.Null(second.Started);
    }

    [Fact]
    public void Run_WithAModelOfTheBucket_BeginsWithIt()
    {
        var records = Train();
        var model = records[0].Location.Replace("?", "/model.safetensors?", StringComparison.Ordinal);
        var (drawn, loaded) = (new RecordingObserver(), new RecordingObserver());
        Trials.Run(Trials.Small(_folder, 1), drawn);
        Trials.Run(Trials.Small(_folder, 1) with { InitFrom = model, CheckpointFolder = Path.Combine(_folder, "other") }, loaded);
        Assert.True(loaded.Epochs[0].Metrics["train_loss"] < drawn.Epochs[0].Metrics["train_loss"]);
    }

    private CheckpointRecord[] Train()
    {
        var observer = new RecordingObserver();
        Trials.Run(Small(2), observer);
        Assert.Equal(2, observer.Registered.Count);
        return [.. observer.Registered.OrderByDescending(record => record.Step)];
    }

    private TrialAssignment Small(long epochs) => Trials.Small(_folder, epochs) with { CheckpointFolder = _server.Url("run/trial-1") };

    private static TrialAssignment NextAttempt(TrialAssignment assignment, CheckpointRecord[] records) =>
        assignment with { Attempt = assignment.Attempt with { Number = assignment.Attempt.Number + 1 }, ResumeFrom = records };

    private static string Key(CheckpointRecord record, string file) => $"run/trial-1/{CheckpointLocation.Parse(record.Location).Name}/{file}";
}
