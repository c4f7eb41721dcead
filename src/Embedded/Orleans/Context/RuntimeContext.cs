namespace Orleans.Runtime;

/// <summary>The activation or observer whose turn runs on this thread.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static RequestScheduler? t_current;

    public static RequestScheduler? Current
    {
        get => t_current;
        set => t_current = value;
    }

    public static Activation RequireCurrent() =>
        t_current as Activation ?? throw new InvalidOperationException("A grain can only be constructed by the silo: ask IGrainFactory for a reference to it.");
}
