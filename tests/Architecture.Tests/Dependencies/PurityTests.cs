using Orchestrator.Architecture.Tests.Model;

namespace Orchestrator.Architecture.Tests.Dependencies;

/// <summary>Domain, Search and Placement are state machines: no input or output, no clock, no randomness but what is passed in.</summary>
public sealed class PurityTests
{
    private static readonly string[] ForbiddenNamespaces =
        ["System.IO", "System.Net", "System.Data", "System.Diagnostics.Metrics", "System.Security.Cryptography", "System.Timers", "Microsoft."];

    private static readonly string[] ForbiddenTypes =
    [
        "System.Random", "System.Console", "System.Threading.Thread", "System.Threading.ThreadPool", "System.Threading.Timer",
        "System.Threading.PeriodicTimer", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Activator", "System.Runtime.InteropServices.NativeLibrary",
    ];

    private static readonly string[] ForbiddenMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.TimeProvider.get_System", "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Threading.Tasks.Task.Delay", "System.Threading.Tasks.Task.Run",
        "System.Environment.get_TickCount", "System.Environment.get_TickCount64", "System.Environment.GetEnvironmentVariable", "System.Environment.get_ProcessorCount",
        "System.Environment.get_MachineName", "System.Environment.Exit",
        "System.HashCode.Combine", // differs from process to process: a decision that rests on it can't be replayed
    ];

    public static TheoryData<string> Pure => DependencyTests.Pure;

    [Theory]
    [MemberData(nameof(Pure))]
    public void Assembly_NoInputOutputClockOrRandomness(string project)
    {
        var assembly = CompiledAssembly.Of(project);

        Assert.DoesNotContain(assembly.Types, type => ForbiddenNamespaces.Any(name => type.StartsWith(name, StringComparison.Ordinal)));
        Assert.Empty(assembly.Types.Intersect(ForbiddenTypes));
        Assert.Empty(assembly.Members.Intersect(project == "Orchestrator.Domain" ? ForbiddenMembers[..^1] : ForbiddenMembers));
    }

    /// <summary>The check itself works: a project that does input and output is found out.</summary>
    [Fact]
    public void Assembly_ThatOpensFiles_WouldBeFound() => Assert.Contains(CompiledAssembly.Of("Orchestrator.Storage.Sqlite").Types, type => type.StartsWith("System.IO", StringComparison.Ordinal));
}
