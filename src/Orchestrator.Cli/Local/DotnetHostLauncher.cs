using System.Diagnostics;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Local;

/// <summary>
/// Starts the hosts that lie beside this program. Each gets a session of its own, so that Ctrl-C in the terminal reaches only
/// this program, which ends them in order; and writes its log itself, so that its last words are kept whoever dies first.
/// </summary>
internal sealed class DotnetHostLauncher : IHostLauncher
{
    // $0: the log; the rest: the command. The pid stays the same through both exec.
    private const string Script = """exec setsid "$@" 2>>"$0" """;

    private const long MaxLogBytes = 16 << 20;

    /// <inheritdoc/>
    public IHostProcess Start(HostCommand command)
    {
        if (new FileInfo(command.LogFile) is { Exists: true, Length: > MaxLogBytes }) File.Move(command.LogFile, command.LogFile + ".old", overwrite: true);
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        string[] arguments = ["-c", Script, command.LogFile, DotnetPath, Path.Combine(AppContext.BaseDirectory, command.Assembly), .. command.Arguments];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in command.Environment) start.Environment[name] = value;
        try
        {
            return new DotnetHostProcess(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new CliException(ExitCode.Environment, command.Name, $"can't be started ({e.Message})", "check that /bin/sh and setsid (util-linux) are installed", e);
        }
    }

    private static string DotnetPath => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
}
