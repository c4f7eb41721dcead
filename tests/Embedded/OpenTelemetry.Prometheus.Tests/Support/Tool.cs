using System.Diagnostics;

namespace OpenTelemetry.Prometheus.Tests.Support;

/// <summary>A program of Debian's prometheus package.</summary>
internal static class Tool
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The path of a program; null if it is not installed.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public static Process Start(string name, params string[] arguments) => Process.Start(new ProcessStartInfo(Find(name)!, arguments)
    {
        UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
    })!;
}
