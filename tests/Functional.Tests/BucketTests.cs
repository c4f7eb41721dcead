using Orchestrator.Functional.Tests.Support;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.S3;

namespace Orchestrator.Functional.Tests;

/// <summary>What works with a folder of checkpoints works with a bucket.</summary>
public sealed class BucketTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Run_WithCheckpointsInABucket_IsKilledResumedDrawnAndDeleted()
    {
        await using var bucket = await FakeS3.Start();
        var requests = 0;
        bucket.Fault = _ => Interlocked.Increment(ref requests) % 10 == 0 ? S3Fault.SlowDown : null; // now and then, all the way
        await using (var orch = Orch("run", Sweeps.Write(_folder, trials: 1, epochs: 30), "--checkpoints", bucket.Url("team/sweeps")))
        {
            // The first of two is registered, so the trial has something to go on from.
            await bucket.Bucket.WhenKeys(keys => Manifests(keys) >= 2, OrchProcess.Patience);
            Signals.Send(orch.Id, "KILL");
            await orch.EndAsync();
            foreach (var host in orch.Hosts) await Signals.GoneAsync(host);
        }

        // Where they are is remembered.
        await using var resumed = Orch("resume");
        var result = (await resumed.EndAsync()).Expect(0);
        var later = result.Events.Where(e => (string?)e["event"] == "progress" && (int)e["attempt"]! > 1).ToList();
        Assert.NotEmpty(later);
        Assert.All(later, e => Assert.True((int)e["epoch"]! >= 1, e.ToJsonString()));
        Assert.True(File.Exists((string)result.Json["artifacts"]!["samples"]!), result.Output);

        var keys = bucket.Bucket.Keys;
        Assert.All(keys, key => Assert.StartsWith("team/sweeps/small-1/", key, StringComparison.Ordinal));
        Assert.DoesNotContain(keys, key => key.Contains("/.tmp-", StringComparison.Ordinal));
        Assert.InRange(Manifests(keys), 1, 6); // the newest, the best, and one that was saved when nobody was there to register it
        Assert.Contains(keys, key => key.StartsWith("team/sweeps/small-1/logs/trial-1/rank-0.", StringComparison.Ordinal));
        Assert.Equal(0, bucket.Bucket.Uploads);
        Assert.Empty(Directory.EnumerateDirectories(_folder.At("state/experiments"), "trial-*", SearchOption.AllDirectories));

        await using var logs = Orch("logs", "1", "small-1");
        Assert.Contains("checkpoint of epoch 30 is durable at s3://models/team/sweeps/small-1/trial-1/", (await logs.EndAsync()).Expect(0).Output, StringComparison.Ordinal);

        await using var deleted = Orch("delete", "small-1", "--yes");
        (await deleted.EndAsync()).Expect(0);
        Assert.Empty(bucket.Bucket.Keys);
    }

    [Fact]
    public async Task Run_WithABucketThatIsNotThere_SaysSoBeforeItTrains()
    {
        await using var bucket = await FakeS3.Start();
        await using var orch = Orch("run", Sweeps.Write(_folder), "--checkpoints", bucket.Url("x").Replace(FakeS3.BucketName, "none", StringComparison.Ordinal));
        var result = (await orch.EndAsync()).Expect(3);
        Assert.Contains("There is no bucket for s3://none/x", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("fake-secret", result.Error, StringComparison.Ordinal);
    }

    private static int Manifests(IReadOnlyList<string> keys) => keys.Count(key => key.EndsWith("/manifest.json", StringComparison.Ordinal));

    public void Dispose() => _folder.Dispose();

    private OrchProcess Orch(params string[] arguments) => OrchProcess.Start(FakeS3.Environment, [.. arguments, "--state", _folder.At("state"), "--json"]);
}
