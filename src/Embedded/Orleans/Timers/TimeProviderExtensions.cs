namespace Orleans.Runtime;

internal static class TimeProviderExtensions
{
    /// <summary>Creates a timer that is not running yet, and that does not carry the context of its maker, such as request context, into its callbacks.</summary>
    public static ITimer CreateDetachedTimer(this TimeProvider time, TimerCallback callback, object state)
    {
        if (ExecutionContext.IsFlowSuppressed()) return Create();
        using (ExecutionContext.SuppressFlow()) return Create();

        ITimer Create() => time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
