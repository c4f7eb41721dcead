using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Embedded.Tests.Shared;

/// <summary>Compares an assembly with the listing of the upstream library's public members, which lies beside the repository where that is developed.</summary>
internal static class UpstreamApi
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The folder with <c>upstream-api</c> and <c>tools</c>; null where there is none.</summary>
    public static string? SharedFolder([CallerFilePath] string thisFile = "")
    {
        for (var folder = new DirectoryInfo(thisFile).Parent; folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(Path.Combine(shared, "upstream-api"))) return shared;
        }
        return null;
    }

    /// <summary>Runs the check, and fails with the members that upstream does not have.</summary>
    /// <param name="assembly">The embedded library.</param>
    /// <param name="listing">The file name of the listing.</param>
    public static async Task CheckAsync(Assembly assembly, string listing)
    {
        var shared = SharedFolder()!;
        var folder = Directory.CreateTempSubdirectory("upstream-api-");
        try
        {
            // The Web SDK brings the ASP.NET Core assemblies that the embedded libraries refer to.
            var tool = Path.Combine(folder.FullName, "ApiList.cs");
            var source = await File.ReadAllTextAsync(Path.Combine(shared, "tools", "ApiList.cs"));
            await File.WriteAllTextAsync(tool, $"#:sdk Microsoft.NET.Sdk.Web\n{source}");
            var (exitCode, output) = await RunAsync(
                folder.FullName, "run", "--file", tool, "--", "check", Path.Combine(shared, "upstream-api", listing), "--", assembly.Location);
            Assert.True(exitCode == 0, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // No build server may outlive the test.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Patience);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
