using System.Diagnostics;

namespace Orchestrator.TestKit.Files;

/// <summary>A small disk of a test's own, to fill up. Needs the right to mount: see <see cref="TmpfsFactAttribute"/>.</summary>
public sealed class TmpfsFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="bytes">The size of the disk.</param>
    /// <exception cref="IOException">This user may not mount.</exception>
    public TmpfsFolder(long bytes)
    {
        if (Run("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", _folder.Path)) return;
        _folder.Dispose();
        throw new IOException("This user may not mount a tmpfs.");
    }

    /// <summary>The path of a file or folder on it.</summary>
    public string At(params string[] names) => _folder.At(names);

    /// <summary>Whether this user may mount one.</summary>
    public static bool IsSupported { get; } = Probe();

    public void Dispose()
    {
        Run("umount", _folder.Path);
        _folder.Dispose();
    }

    private static bool Probe()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return false;
        try
        {
            new TmpfsFolder(65536).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.StandardError.ReadToEnd();
        return process.WaitForExit(TimeSpan.FromSeconds(30)) && process.ExitCode == 0;
    }
}
