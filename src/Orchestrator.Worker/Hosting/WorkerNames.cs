using System.Security.Cryptography;

namespace Orchestrator.Worker.Hosting;

/// <summary>Makes worker ids.</summary>
internal static class WorkerNames
{
    private const int MaxStem = 100;

    /// <summary>An id that no other process has had: the stem, the process, and a few random digits.</summary>
    public static string Unique(string? stem)
    {
        var name = new string([.. (stem ?? Environment.MachineName).Take(MaxStem).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-')]);
        return $"{name}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
    }
}
