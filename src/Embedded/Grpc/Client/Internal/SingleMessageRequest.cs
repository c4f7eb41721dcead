using Grpc.Protocol;

namespace Grpc.Net.Client.Internal;

/// <summary>A request of one message, which was serialized before the call started.</summary>
internal sealed class SingleMessageRequest(PooledBufferWriter framed) : IRequestBody
{
    // The call until it commits, and each attempt that is sending: the last one gives the buffer back.
    private int _users = 1;
    private int _committed;

    public bool CanReplay => true;

    public void Commit()
    {
        if (Interlocked.Exchange(ref _committed, 1) == 0) RemoveUser();
    }

    public void End() => Commit();

    public async Task SendAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (!TryAddUser()) throw new OperationCanceledException("The call has ended.");
        try
        {
            await stream.WriteAsync(framed.WrittenMemory, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            RemoveUser();
        }
    }

    private bool TryAddUser()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users) return true;
            users = seen;
        }

        return false;
    }

    private void RemoveUser()
    {
        if (Interlocked.Decrement(ref _users) == 0) framed.Release();
    }
}
