using System.Threading.Channels;
using Google.Protobuf;
using Orchestrator.Protocol;

namespace Orchestrator.Collectives.Membership;

/// <summary>One rank's presence in its group, from joining to leaving.</summary>
internal sealed class GroupMembership : IAsyncDisposable
{
    /// <summary>How long disposal waits for the last words to be sent.</summary>
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(2);

    private readonly IMembershipObserver _observer;
    private readonly TimeProvider _time;
    private readonly Channel<MemberMessage> _outgoing = Channel.CreateUnbounded<MemberMessage>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _formed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);
    private readonly Task _run;
    private readonly CancellationTokenSource _ended = new();
    private CollectiveException? _verdict;

    public GroupMembership(IMemberLink link, IMembershipObserver observer, TimeProvider time)
    {
        _observer = observer;
        _time = time;
        _run = Task.Run(() => RunAsync(link));
    }

    /// <summary>Ends when all ranks have joined; fails with the verdict if the group fails first.</summary>
    public Task Formed => _formed.Task;

    /// <summary>Cancelled when the group has failed or this rank has no link to it any more.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Why <see cref="Ended"/> was cancelled.</summary>
    public CollectiveException? Verdict
    {
        get
        {
            lock (_keys)
                return _verdict;
        }
    }

    /// <summary>Sets a rendezvous key for all ranks.</summary>
    public bool SetKey(string key, ReadOnlySpan<byte> value) =>
        _outgoing.Writer.TryWrite(new() { Key = new() { Key = key, Value = ByteString.CopyFrom(value) } });

    /// <summary>Waits for a rendezvous key; blocks the thread, which is libtorch's way.</summary>
    /// <returns>The value, or null if the group ended or time is up.</returns>
    public byte[]? WaitForKey(string key, TimeSpan limit)
    {
        var start = _time.GetTimestamp();
        lock (_keys)
        {
            byte[]? value;
            while (!_keys.TryGetValue(key, out value) && _verdict is null)
            {
                var left = limit - _time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_keys, left))
                    return null;
            }
            return value;
        }
    }

    /// <summary>Tells every rank that the group has failed.</summary>
    public void Fail(CollectiveException verdict) => _outgoing.Writer.TryWrite(new() { Failed = Verdicts.ToMessage(verdict) });

    /// <summary>Tells every rank that this one has ended all its calls, and waits until the others have too, at most <paramref name="limit"/>.</summary>
    public async Task LeaveAsync(long calls, TimeSpan limit)
    {
        _outgoing.Writer.TryWrite(new() { Leave = new() { Calls = (ulong)calls } });
        await _closed.Task.WaitAsync(limit, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        _outgoing.Writer.TryComplete();
        await _run.WaitAsync(FlushLimit, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
        _ended.Dispose();
    }

    private async Task RunAsync(IMemberLink link)
    {
        var verdict = new CollectiveException(CollectiveErrorCode.PeerLost, "Rank 0 has closed the group; form a new generation.");
        try
        {
            await link.RunAsync(_outgoing.Reader, Receive, _stop.Token);
        }
        catch (CollectiveException exception)
        {
            verdict = exception;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            verdict = new(CollectiveErrorCode.Aborted, "This rank has left the group.");
        }
        catch (Exception exception)
        {
            verdict = new(CollectiveErrorCode.PeerLost, $"The link to rank 0 broke: {exception.Message}", exception);
        }
        End(verdict);
    }

    private void Receive(GroupMessage message)
    {
        switch (message.BodyCase)
        {
            case GroupMessage.BodyOneofCase.Formed:
                _formed.TrySetResult();
                break;
            case GroupMessage.BodyOneofCase.Key:
                lock (_keys)
                {
                    _keys[message.Key.Key] = message.Key.Value.ToByteArray();
                    Monitor.PulseAll(_keys);
                }
                break;
            case GroupMessage.BodyOneofCase.Left:
                _observer.Left(message.Left.Rank, (long)message.Left.Calls);
                break;
            case GroupMessage.BodyOneofCase.Failed:
                End(Verdicts.ToException(message.Failed));
                break;
            case GroupMessage.BodyOneofCase.Closed:
                _closed.TrySetResult();
                break;
            default:
                // A newer rank 0 may say more; what this rank does not know does not concern it.
                break;
        }
    }

    private void End(CollectiveException verdict)
    {
        lock (_keys)
        {
            if (_verdict is not null)
                return;
            _verdict = verdict;
            Monitor.PulseAll(_keys);
        }
        if (_formed.TrySetException(verdict))
            _ = _formed.Task.Exception;
        _ended.Cancel();
        if (_closed.TrySetResult())
            _observer.Failed(verdict);
    }
}
