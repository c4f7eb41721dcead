namespace Orchestrator.Cli.Local;

/// <summary>How often a host that died is started again.</summary>
/// <param name="MaxRestarts">Restarts within <paramref name="Window"/>; the next death is final.</param>
/// <param name="Window">How long a restart is remembered.</param>
/// <param name="FirstDelay">Before the first restart; doubled for each one that is still remembered.</param>
/// <param name="MaxDelay">The longest delay.</param>
internal sealed record RestartPolicy(int MaxRestarts, TimeSpan Window, TimeSpan FirstDelay, TimeSpan MaxDelay)
{
    /// <summary>Five restarts in a minute, from 100 ms to 5 s apart.</summary>
    public static readonly RestartPolicy Default = new(5, TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));

    /// <summary>How long to wait before the next restart, or null where there have been too many.</summary>
    /// <param name="restarts">When it was restarted, ascending.</param>
    /// <param name="now">The time.</param>
    public TimeSpan? NextDelay(IReadOnlyList<DateTimeOffset> restarts, DateTimeOffset now)
    {
        var recent = restarts.Count(at => now - at < Window);
        if (recent >= MaxRestarts) return null;
        var delay = FirstDelay * Math.Pow(2, recent);
        return delay < MaxDelay ? delay : MaxDelay;
    }
}
