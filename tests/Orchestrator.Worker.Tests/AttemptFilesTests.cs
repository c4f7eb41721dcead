using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Protocol;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.S3;
using Orchestrator.Worker.Attempts;

namespace Orchestrator.Worker.Tests;

public sealed class AttemptFilesTests : IAsyncLifetime
{
    private FakeS3 _server = null!;

    public async Task InitializeAsync()
    {
        foreach (var (name, value) in FakeS3.Environment) Environment.SetEnvironmentVariable(name, value);
        _server = await FakeS3.Start();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public void Open_OfAFolder_IsTheFolder()
    {
        using var files = AttemptFiles.Open(Assign("file:///srv/small-1/trial-3"), TimeProvider.System, NullLogger.Instance);
        Assert.Equal(("/srv/small-1", "/srv/small-1/trial-3"), (files.ExperimentFolder, files.TrialFolder));
    }

    [Fact]
    public void Dispose_WithABucket_HasCopiedEverythingAndLeavesNothing()
    {
        _server.Bucket["run/small-1/logs/trial-3/rank-0.00001.00000.log"] = [1]; // of an attempt long past
        _server.Bucket["run/small-1/logs/trial-3/rank-0.00004.00000.log"] = [1];
        string folder;
        using (var files = AttemptFiles.Open(Assign(_server.Url("run/small-1/trial-3")), TimeProvider.System, NullLogger.Instance))
        {
            folder = files.ExperimentFolder;
            Write(Path.Combine(files.TrialFolder, "artifacts/step-1/samples.txt"), "samples");
            Write(Path.Combine(folder, "logs/trial-3/rank-0.00005.00000.log"), "log");
        }

        Assert.Equal(
            ["run/small-1/logs/trial-3/rank-0.00004.00000.log", "run/small-1/logs/trial-3/rank-0.00005.00000.log", "run/small-1/trial-3/artifacts/step-1/samples.txt"], _server.Bucket.Keys);
        Assert.Equal("samples"u8.ToArray(), _server.Bucket["run/small-1/trial-3/artifacts/step-1/samples.txt"]);
        Assert.False(Directory.Exists(Path.GetDirectoryName(folder)));
    }

    [Fact]
    public void Dispose_WhereTheBucketRefuses_LosesTheFilesAndNothingElse()
    {
        _server.Fault = _ => S3Fault.Denied;
        string folder;
        using (var files = AttemptFiles.Open(Assign(_server.Url("run/small-1/trial-3")), TimeProvider.System, NullLogger.Instance))
        {
            folder = files.ExperimentFolder;
            Write(Path.Combine(files.TrialFolder, "a.txt"), "a");
        }

        Assert.Empty(_server.Bucket.Keys);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void DeleteAbandoned_WhoseOwnerIsGone_IsDeletedAndWhatIsInUseIsNot()
    {
        using var parent = new TemporaryFolder();
        using var inUse = ScratchFolder.Create(parent.At(""));
        Write(Path.Combine(inUse.Files, "log"), "log");
        var abandoned = parent.At(ScratchFolder.Prefix + "abandoned"); // as a process that was killed leaves it: nothing has the file locked
        Write(Path.Combine(abandoned, ScratchFolder.OwnerFile), "");
        Write(Path.Combine(abandoned, "files/log"), "log");
        var another = parent.At(ScratchFolder.Prefix + "of-something-else");
        Directory.CreateDirectory(another);

        ScratchFolder.DeleteAbandoned(parent.At(""));

        Assert.Equal([Path.GetDirectoryName(inUse.Files)!, another], Directory.GetDirectories(parent.At("")).Select(Path.GetFullPath).Order(StringComparer.Ordinal));
        Assert.Equal("log", File.ReadAllText(Path.Combine(inUse.Files, "log")));
        Directory.Delete(inUse.Files, recursive: true);
    }

    private static Assign Assign(string folder) => new() { Attempt = new Attempt { Experiment = "small-1", Trial = 3, Number = 5 }, CheckpointFolder = folder };

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
