namespace Orleans.Runtime;

/// <summary>Values that flow with every call made from here on, and with the calls that those make.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<RequestContextData?> Flow = new();

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
}
