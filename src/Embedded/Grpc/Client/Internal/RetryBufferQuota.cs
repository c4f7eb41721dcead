namespace Grpc.Net.Client.Internal;

/// <summary>How much the retry buffers of a channel may hold.</summary>
/// <param name="perCall">Bytes; no limit when null.</param>
/// <param name="perChannel">Bytes; no limit when null.</param>
internal sealed class RetryBufferQuota(long? perCall, long? perChannel)
{
    private long _used;

    public bool TryTake(long usedByCall, int bytes)
    {
        if (usedByCall + bytes > perCall) return false;
        if (Interlocked.Add(ref _used, bytes) <= (perChannel ?? long.MaxValue)) return true;
        Return(bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref _used, -bytes);
}
