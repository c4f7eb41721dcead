using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The response time-outs of a silo: one list for each length and processor.</summary>
internal sealed class ResponseTimeouts(TimeProvider time, TimeSpan defaultTimeout) : IDisposable
{
    private readonly ConcurrentDictionary<TimeSpan, TimeoutList[]> _lists = new();
    private readonly TimeoutList[] _default = CreateLists(time, defaultTimeout);

    public void Watch(PendingResponse response, TimeSpan? timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan) return;
        var lists = timeout is { } length && length != defaultTimeout ? _lists.GetOrAdd(length, l => CreateLists(time, l)) : _default;
        lists[Thread.GetCurrentProcessorId() % lists.Length].Add(response);
    }

    public void Dispose()
    {
        foreach (var list in _lists.Values.Append(_default).SelectMany(l => l)) list.Dispose();
    }

    private static TimeoutList[] CreateLists(TimeProvider time, TimeSpan timeout)
    {
        var lists = new TimeoutList[Environment.ProcessorCount];
        for (var i = 0; i < lists.Length; i++) lists[i] = new TimeoutList(time, timeout);
        return lists;
    }
}
