namespace Orleans.Runtime;

/// <summary>Requests that wait for their turn, in order of arrival, linked through themselves.</summary>
internal sealed class WaitingRequests
{
    private GrainRequest? _first;
    private GrainRequest? _last;
    private int _flexible; // those that may pass one that cannot start

    public bool IsEmpty => _first is null;
    public int Count { get; private set; }

    public void Add(GrainRequest request)
    {
        request.NextWaiting = null;
        if (_last is null) _first = request;
        else _last.NextWaiting = request;
        _last = request;
        Count++;
        if (IsFlexible(request)) _flexible++;
    }

    /// <summary>Removes the first request that may start, if there is one.</summary>
    public GrainRequest? TakeFirst(RequestScheduler scheduler)
    {
        GrainRequest? previous = null;
        for (var request = _first; request is not null; previous = request, request = request.NextWaiting)
        {
            if (!scheduler.MayStart(request))
            {
                if (_flexible == 0) return null;
                continue;
            }
            Unlink(previous, request);
            return request;
        }
        return null;
    }

    public IEnumerable<GrainRequest> TakeAll()
    {
        while (_first is { } request)
        {
            Unlink(null, request);
            yield return request;
        }
    }

    private static bool IsFlexible(GrainRequest request) => request.IsAlwaysInterleave || request.IsReadOnly || request.Context is { } context && context.ReentrancyId != Guid.Empty;

    private void Unlink(GrainRequest? previous, GrainRequest request)
    {
        if (previous is null) _first = request.NextWaiting;
        else previous.NextWaiting = request.NextWaiting;
        if (_last == request) _last = previous;
        request.NextWaiting = null;
        Count--;
        if (IsFlexible(request)) _flexible--;
    }
}
