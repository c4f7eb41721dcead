using System.Diagnostics;

namespace Orchestrator.Functional.Tests.Support;

/// <summary>Signals to processes.</summary>
public static class Signals
{
    /// <summary>Sends a signal; a process that is gone does not mind.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="name">Such as <c>INT</c> or <c>KILL</c>.</param>
    public static void Send(int processId, string name)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", $"{processId}"]) { RedirectStandardError = true, UseShellExecute = false })!;
        kill.StandardError.ReadToEnd();
        Assert.True(kill.WaitForExit(OrchProcess.Patience));
    }

    /// <summary>Waits until a process is gone.</summary>
    public static async Task GoneAsync(int processId)
    {
        Process process;
        try
        {
            process = Process.GetProcessById(processId);
        }
        catch (ArgumentException)
        {
            return;
        }
        using (process) await process.WaitForExitAsync().WaitAsync(OrchProcess.Patience);
    }
}
