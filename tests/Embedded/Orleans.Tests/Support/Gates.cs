using System.Collections.Concurrent;

namespace Orleans.Tests.Support;

/// <summary>Named gates by which a test and a grain wait for each other. Names are the keys of grains, which each test makes unique.</summary>
internal static class Gates
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> All = new(StringComparer.Ordinal);

    public static void Open(string name) => Get(name).TrySetResult();

    public static Task Opened(string name) => Get(name).Task.WaitAsync(TestSilo.Patience);

    public static bool IsOpen(string name) => Get(name).Task.IsCompleted;

    private static TaskCompletionSource Get(string name) => All.GetOrAdd(name, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
