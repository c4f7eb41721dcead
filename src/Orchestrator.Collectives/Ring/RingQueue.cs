namespace Orchestrator.Collectives.Ring;

/// <summary>Hands issued calls to one loop, in order.</summary>
internal sealed class RingQueue
{
    private readonly Queue<RingWork> _works = new();

    /// <summary>Signalled when a call was added, and whenever else the loop has something to look at.</summary>
    public AsyncSignal Signal { get; } = new();

    public void Add(RingWork work)
    {
        lock (_works)
            _works.Enqueue(work);
        Signal.Set();
    }

    /// <summary>Takes the next call, waiting for it.</summary>
    public async ValueTask<RingWork> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (_works)
            {
                if (_works.TryDequeue(out var work))
                    return work;
            }
            await Signal.WaitAsync();
        }
    }
}
