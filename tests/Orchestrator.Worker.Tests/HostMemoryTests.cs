using Orchestrator.Worker.Hosting;

namespace Orchestrator.Worker.Tests;

public sealed class HostMemoryTests
{
    private static readonly string[] Meminfo = ["MemTotal:       24576000 kB", "MemFree:         1000000 kB"];

    [Theory]
    [InlineData(null, null, 25165, "")]
    [InlineData("max", null, 25165, "")]
    [InlineData("8000000000", null, 8000, "pod-1")]
    [InlineData(null, "4000000000", 4000, "pod-1")]
    [InlineData(null, "9223372036854771712", 25165, "")] // version 1's way of saying that there is no limit
    public void From_FilesOfTheSystem_IsTheLimitOrTheMachines(string? limit, string? oldLimit, long megabytes, string of) =>
        Assert.Equal(new HostMemory(megabytes, of), HostMemory.From(Meminfo, limit is null ? [] : [limit], oldLimit is null ? [] : [oldLimit], "pod-1"));

    [Fact]
    public void From_NothingIsKnown_IsNone() => Assert.Equal(new HostMemory(0, ""), HostMemory.From([], [], [], "pod-1"));

    [Fact]
    public void Read_OnLinux_KnowsSome()
    {
        if (OperatingSystem.IsLinux()) Assert.True(HostMemory.Read().Megabytes > 0);
    }
}
