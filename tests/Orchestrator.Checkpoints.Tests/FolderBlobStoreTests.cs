using Orchestrator.Checkpoints.Blobs;

namespace Orchestrator.Checkpoints.Tests;

public sealed class FolderBlobStoreTests : BlobStoreConformance
{
    private readonly TemporaryFolder _folder = new();

    public override void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    [Fact]
    public void Write_OnAFullDisk_SaysSoAndLeavesNothing()
    {
        if (!File.Exists("/dev/full"))
            return; // only Linux has a disk that is always full

        var store = new FolderBlobStore(_folder.Path, _ => new FileStream("/dev/full", FileMode.Open, FileAccess.Write));
        using (var bundle = store.Begin("a"))
        {
            var exception = Assert.Throws<CheckpointException>(() => Write(bundle, "one", "content"));
            Assert.Equal(CheckpointError.NoSpace, exception.Error);
            Assert.Contains("No space left", exception.Message, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Begin_WhereTheRootIsAFile_SaysSo()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");
        AssertFails(CheckpointError.StorageFailed, () => new FolderBlobStore(file).Begin("a"));
    }

    protected override IBlobStore Open() => new FolderBlobStore(_folder.Path);
}
