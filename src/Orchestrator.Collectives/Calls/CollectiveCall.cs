using System.Threading.Tasks.Sources;

namespace Orchestrator.Collectives.Calls;

/// <summary>One pending call; recycled once its caller has seen the result, so that a call allocates nothing.</summary>
internal sealed class CollectiveCall(CallPool pool) : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;

    /// <summary>Counts the group's calls from 0.</summary>
    public long Sequence { get; private set; }

    public CallDescription Description { get; private set; }

    /// <summary>What ends the group while this call is pending.</summary>
    public CancellationToken CancellationToken { get; private set; }

    public ValueTask Task => new(this, _source.Version);

    public void Begin(long sequence, CallDescription description, CancellationToken cancellationToken)
    {
        Sequence = sequence;
        Description = description;
        CancellationToken = cancellationToken;
    }

    public void CancelWith(Action<object?> cancel) => _cancellation = CancellationToken.UnsafeRegister(cancel, this);

    public void Succeed()
    {
        // Not Dispose: that would wait for a cancellation that is under way, which may be waiting for this very thread.
        _cancellation.Unregister();
        _source.SetResult(true);
    }

    public void Fail(CollectiveException exception)
    {
        _cancellation.Unregister();
        _source.SetException(exception);
    }

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _source.GetResult(token);
        }
        finally
        {
            _source.Reset();
            _cancellation = default;
            CancellationToken = default;
            pool.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
