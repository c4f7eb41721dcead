using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

public readonly struct GrainTimerCreationOptions
{
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <value>How long until the first tick; zero for at once, infinite for not yet.</value>
    public required TimeSpan DueTime { get; init; }

    /// <value>How long from the end of one tick to the next; infinite for none.</value>
    public required TimeSpan Period { get; init; }

    /// <value>Whether a tick may run while calls do. Default: false.</value>
    public bool Interleave { get; init; }

    /// <value>Whether ticks keep the activation from being idle. Default: false.</value>
    public bool KeepAlive { get; init; }
}
