using System.Threading.Tasks.Sources;

namespace Grpc.Net.Client.Internal;

/// <summary>Wakes the one that waits; a signal that nobody waits for is kept. Allocates nothing.</summary>
/// <param name="inline">Whether the one that waits goes on in the call that sets the signal.</param>
internal sealed class AsyncSignal(bool inline) : IValueTaskSource
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = !inline };
    private bool _set;
    private bool _waiting;

    /// <summary>Ends at the next signal, or at once if there was one since the last wait.</summary>
    public ValueTask WaitAsync()
    {
        lock (_gate)
        {
            if (_set)
            {
                _set = false;
                return ValueTask.CompletedTask;
            }

            _source.Reset();
            _waiting = true;
            return new ValueTask(this, _source.Version);
        }
    }

    public void Set()
    {
        lock (_gate)
        {
            if (!_waiting)
            {
                _set = true;
                return;
            }

            _waiting = false;
        }

        _source.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
