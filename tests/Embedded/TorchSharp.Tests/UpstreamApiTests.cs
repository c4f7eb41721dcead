using System.Diagnostics;

namespace TorchSharp.Tests;

public sealed class UpstreamApiTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [UpstreamListingFact]
    public void PublicMembers_AreAllUpstreams()
    {
        var shared = UpstreamListingFactAttribute.Shared!;
        using var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [
                "run", "--file", Path.Combine(shared, "tools", "ApiList.cs"), "--",
                "check", Path.Combine(shared, "upstream-api", "TorchSharp-0.107.0.txt"), "--", typeof(torch).Assembly.Location,
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(Patience), "the check did not finish");
        Assert.True(process.ExitCode == 0, output.Result);
    }
}
