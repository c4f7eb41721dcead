namespace Orchestrator.ServiceDefaults.Hosting;

/// <summary>What the exit codes of every program of this product mean.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>The experiment failed.</summary>
    public const int Failed = 1;

    /// <summary>Bad usage, or a bad sweep file.</summary>
    public const int Usage = 2;

    /// <summary>The surroundings: a port in use, no coordinator, a full disk, a missing library.</summary>
    public const int Environment = 3;

    /// <summary>Interrupted by a person.</summary>
    public const int Interrupted = 130;

    /// <summary>A worker of one trial's gang was asked to end before the trial was over: who started it may start another one for it.</summary>
    public const int Terminated = 143;
}
