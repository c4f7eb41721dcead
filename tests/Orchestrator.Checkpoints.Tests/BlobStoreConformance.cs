using System.Text;
using Orchestrator.Checkpoints.Blobs;

namespace Orchestrator.Checkpoints.Tests;

/// <summary>What every blob store must do. A back end derives from it.</summary>
public abstract class BlobStoreConformance : IDisposable
{
    protected static readonly byte[] Manifest = "{}"u8.ToArray();

    /// <summary>A second view of the same storage, as another process has it.</summary>
    protected abstract IBlobStore Open();

    public virtual void Dispose() => GC.SuppressFinalize(this);

    [Fact]
    public void Commit_TwoFiles_AreReadBack()
    {
        using (var bundle = Open().Begin("trial-1/a"))
        {
            Write(bundle, "one", "first");
            Write(bundle, "two", "second");
            bundle.Commit(Manifest);
        }

        Assert.Equal("first", Read(Open(), "trial-1/a", "one"));
        Assert.Equal("second", Read(Open(), "trial-1/a", "two"));
    }

    [Fact]
    public void Begin_BeforeCommit_IsNotSeen()
    {
        using var bundle = Open().Begin("trial-1/a");
        Write(bundle, "one", "first");
        Assert.Empty(Open().List("trial-1"));
        AssertFails(CheckpointError.NotFound, () => Open().OpenRead("trial-1/a", "one"));
    }

    [Fact]
    public void Dispose_WithoutCommit_LeavesNothing()
    {
        using (var bundle = Open().Begin("a"))
            Write(bundle, "one", "first");
        Assert.Empty(Open().List(""));
        using (var again = Open().Begin("a"))
            again.Commit(Manifest);
        Assert.Equal(["a"], Open().List(""));
    }

    [Fact]
    public void Write_ThatThrows_LeavesNothing()
    {
        using (var bundle = Open().Begin("a"))
            Assert.Throws<InvalidTimeZoneException>(() => bundle.Write("one", _ => throw new InvalidTimeZoneException()));
        Assert.Empty(Open().List(""));
    }

    [Fact]
    public void Commit_OverAnExistingBundle_FailsAndKeepsIt()
    {
        Put("a", "old");
        AssertFails(CheckpointError.StorageFailed, () => Put("a", "new"));
        Assert.Equal("old", Read(Open(), "a", "file"));
        Assert.Equal(["a"], Open().List(""));
    }

    [Fact]
    public void List_OfAPrefix_IsOrderedAndOneLevelDeep()
    {
        Put("trial/b", "x");
        Put("trial/a", "x");
        Put("other/c", "x");
        Assert.Equal(["trial/a", "trial/b"], Open().List("trial"));
        Assert.Empty(Open().List("none"));
    }

    [Fact]
    public void Delete_Twice_RemovesTheBundleAlone()
    {
        Put("a", "x");
        Put("b", "x");
        Open().Delete("a");
        Open().Delete("a");
        Assert.Equal(["b"], Open().List(""));
    }

    [Fact]
    public void RemoveLeftovers_OfAnInterruptedWriter_KeepsBundles()
    {
        Put("a", "x");
        var interrupted = Open().Begin("b");
        Write(interrupted, "one", "half");
        Open().RemoveLeftovers("");
        Assert.Equal(["a"], Open().List(""));
        Assert.Throws<CheckpointException>(() => interrupted.Commit(Manifest));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("/etc")]
    [InlineData("a//b")]
    [InlineData(".tmp-a")]
    [InlineData("a b")]
    public void Names_ThatCouldLeaveTheStore_AreRefused(string name)
    {
        Assert.Throws<ArgumentException>(() => Open().Begin(name));
        Assert.Throws<ArgumentException>(() => Open().Delete(name));
        Assert.Throws<ArgumentException>(() => Open().OpenRead(name, "file"));
        Assert.Throws<ArgumentException>(() => Open().OpenRead("a", name + "/x"));
    }

    [Fact]
    public void OpenRead_OfAFile_Seeks()
    {
        Put("a", "abc");
        using var stream = Open().OpenRead("a", "file");
        stream.Position = 1;
        Assert.Equal('b', stream.ReadByte());
        Assert.Equal(3, stream.Length);
    }

    protected static void AssertFails(CheckpointError error, Action action) => Assert.Equal(error, Assert.Throws<CheckpointException>(action).Error);

    protected static void Write(IBlobBundle bundle, string file, string content) => bundle.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(content)));

    protected static string Read(IBlobStore store, string name, string file)
    {
        using var reader = new StreamReader(store.OpenRead(name, file));
        return reader.ReadToEnd();
    }

    protected void Put(string name, string content)
    {
        using var bundle = Open().Begin(name);
        Write(bundle, "file", content);
        bundle.Commit(Manifest);
    }
}
