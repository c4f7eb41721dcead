namespace Orleans.Runtime;

/// <summary>
/// Finds calls that wait for themselves: A calls B, and B, before it answers, calls A. Such a call can only end by its time-out (unless its caller
/// does not await it), so the cycle is logged as soon as it closes, and named in the time-out's message.
/// </summary>
internal static class CallCycles
{
    private const int MaxLength = 32;

    /// <summary>Follows who waits for whom, from a request that <paramref name="blocked"/> cannot start, back to the request's caller.</summary>
    public static void Report(RequestScheduler blocked, GrainRequest request)
    {
        var caller = request.Caller!;
        List<GrainId> path = [caller.GrainId];
        RequestTarget? next = blocked;
        while (next is not null && next != caller && path.Count < MaxLength)
        {
            path.Add(next.GrainId);
            next = (next as RequestScheduler)?.WaitsFor;
        }
        if (next != caller) return;
        path.Add(caller.GrainId);
        request.CallCycle = string.Join(" -> ", path);
        blocked.Silo.LogCallCycle(request.DisplayName, request.CallCycle);
    }
}
