using Orchestrator.Collectives.SharedMemory;

namespace Orchestrator.Collectives.Tests.SharedMemory;

public sealed unsafe class SharedSegmentTests
{
    [Fact]
    public void Open_OfAnotherMapping_SeesWhatItWroteAndNobodyDoesAfterUnlink()
    {
        using var mine = SharedSegment.Create(3, TimeProvider.System);
        using var theirs = SharedSegment.Open(mine.Path, 3);

        mine.Lane(2)[SharedSegment.LaneBytes - 1] = 42;
        theirs.Line(1)->Arrived = 7;
        mine.Unlink();

        Assert.Equal(42, theirs.Lane(2)[SharedSegment.LaneBytes - 1]);
        Assert.Equal(7, mine.Line(1)->Arrived);
        Assert.False(File.Exists(mine.Path));
        Assert.Throws<FileNotFoundException>(() => SharedSegment.Open(mine.Path, 3));
    }

    [Fact]
    public void Create_File_IsItsOwnersAlone()
    {
        using var segment = SharedSegment.Create(2, TimeProvider.System);
        try
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(segment.Path));
        }
        finally
        {
            segment.Unlink();
        }
    }

    [Fact]
    public void Open_ForAnotherWorldSize_IsRefused()
    {
        using var segment = SharedSegment.Create(2, TimeProvider.System);
        try
        {
            Assert.Contains("no memory of 3 ranks", Assert.Throws<IOException>(() => SharedSegment.Open(segment.Path, 3)).Message, StringComparison.Ordinal);
        }
        finally
        {
            segment.Unlink();
        }
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("/dev/shm/../../etc/orchestrator-1")]
    [InlineData("/dev/shm/somebody-else")]
    public void Open_OfAnyOtherFile_IsRefused(string path) => Assert.Throws<IOException>(() => SharedSegment.Open(path, 2));

    [Fact]
    public void Create_AfterAGroupThatWasKilledWhileItFormed_DeletesWhatThatLeft()
    {
        var abandoned = $"/dev/shm/orchestrator-{Guid.NewGuid():N}";
        File.WriteAllText(abandoned, "");
        File.SetLastWriteTimeUtc(abandoned, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-3));

        using var segment = SharedSegment.Create(2, TimeProvider.System);
        segment.Unlink();

        Assert.False(File.Exists(abandoned));
    }
}
