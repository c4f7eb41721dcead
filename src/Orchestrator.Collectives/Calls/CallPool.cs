namespace Orchestrator.Collectives.Calls;

/// <summary>The calls of one group that are free for use; as many as were ever pending at once.</summary>
internal sealed class CallPool
{
    private readonly Lock _gate = new();
    private readonly Stack<CollectiveCall> _free = new();

    public CollectiveCall Rent()
    {
        lock (_gate)
        {
            if (_free.TryPop(out var call))
                return call;
        }
        return new(this);
    }

    public void Return(CollectiveCall call)
    {
        lock (_gate)
            _free.Push(call);
    }
}
