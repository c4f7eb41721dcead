namespace Orleans.Runtime;

/// <summary>Values that flow with every call made from here on, and with the calls that those make.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<RequestContextData?> Flow = new();

    /// <value>Names the chain of calls that may call back; empty if none may.</value>
    public static Guid ReentrancyId
    {
        get => CurrentOrEmpty.ReentrancyId;
        set => Current = (CurrentOrEmpty with { ReentrancyId = value }).OrNull();
    }

    public static IEnumerable<string> Keys => CurrentOrEmpty.Values.Keys;
    public static IEnumerable<KeyValuePair<string, object>> Entries => CurrentOrEmpty.Values;

    internal static RequestContextData? Current
    {
        get => Flow.Value;
        set
        {
            // Most calls carry nothing, and to set an AsyncLocal allocates.
            if (!ReferenceEquals(Flow.Value, value)) Flow.Value = value;
        }
    }

    private static RequestContextData CurrentOrEmpty => Current ?? RequestContextData.Empty;

    public static object? Get(string key) => CurrentOrEmpty.Values.GetValueOrDefault(key);

    public static void Set(string key, object value) => Current = CurrentOrEmpty with { Values = CurrentOrEmpty.Values.SetItem(key, value) };

    public static bool Remove(string key)
    {
        var before = CurrentOrEmpty;
        var after = before with { Values = before.Values.Remove(key) };
        Current = after.OrNull();
        return after.Values.Count < before.Values.Count;
    }

    public static void Clear() => Current = null;

    /// <summary>
    /// Until the result is disposed, calls that this call leads to may call this grain back while it waits for them.
    /// </summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var before = ReentrancyId;
        var id = before == Guid.Empty ? Guid.NewGuid() : before;
        RuntimeContext.Current?.EnterReentrantSection(id);
        ReentrancyId = id;
        return new ReentrancySection(before, id);
    }

    /// <summary>Until the result is disposed, calls may not call back into grains that allowed it earlier in the chain.</summary>
    public static ReentrancySection SuppressCallChainReentrancy()
    {
        var before = ReentrancyId;
        ReentrancyId = Guid.Empty;
        return new ReentrancySection(before, Guid.Empty);
    }

    /// <summary>Ends when it is disposed.</summary>
    public readonly struct ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId) : IDisposable
    {
        public void Dispose()
        {
            if (newReentrancyId != Guid.Empty) RuntimeContext.Current?.LeaveReentrantSection(newReentrancyId);
            ReentrancyId = originalReentrancyId;
        }
    }
}
