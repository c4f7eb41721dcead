using Orchestrator.Cli.Local;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Commands;

/// <summary>What every command works with.</summary>
/// <param name="Terminal">Where it writes.</param>
/// <param name="Time">The clock.</param>
/// <param name="Interrupts">Ctrl-C.</param>
/// <param name="Launcher">Starts hosts.</param>
/// <param name="Started">A timestamp of <paramref name="Time"/> from the program's start.</param>
internal sealed record CliContext(Terminal Terminal, TimeProvider Time, Interrupts Interrupts, IHostLauncher Launcher, long Started)
{
    /// <summary>Seconds since the program's start.</summary>
    public double Seconds => Time.GetElapsedTime(Started).TotalSeconds;
}
