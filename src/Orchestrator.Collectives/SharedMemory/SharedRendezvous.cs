using System.Text;
using Orchestrator.Collectives.Membership;

namespace Orchestrator.Collectives.SharedMemory;

/// <summary>Finds out whether all ranks of a group can share memory, by trying it.</summary>
/// <remarks>Rank 0 says where the memory is, the others whether they could map it; all of them share it, or none. Blocks: to be run on a thread of its own.</remarks>
internal static class SharedRendezvous
{
    private const string Place = "shared-memory";

    /// <summary>Whether to try at all: every rank's worker has the same address, so that all of them decide alike.</summary>
    public static bool IsWorthTrying(ProcessGroupOptions options) =>
        options.Peers.All(peer => string.Equals(peer.DnsSafeHost, options.Peers[0].DnsSafeHost, StringComparison.OrdinalIgnoreCase));

    /// <summary>Shares memory with the other ranks.</summary>
    /// <returns>The memory, or null if a rank has no access to it.</returns>
    /// <exception cref="CollectiveException">A rank did not answer in time, or the group has failed.</exception>
    public static SharedSegment? Meet(ProcessGroupOptions options, GroupMembership membership, TimeProvider time)
    {
        var segment = options.Rank == 0 ? Offer(options, membership, time) : Accept(options, membership);
        var isShared = false;
        try
        {
            var everybody = segment is not null;
            for (var rank = 1; rank < options.WorldSize; rank++)
                everybody &= Wait(options, membership, Answer(rank)) is [1];
            isShared = everybody;
        }
        finally
        {
            if (options.Rank == 0)
                segment?.Unlink();
            if (!isShared)
                segment?.Dispose();
        }
        return isShared ? segment : null;
    }

    private static SharedSegment? Offer(ProcessGroupOptions options, GroupMembership membership, TimeProvider time)
    {
        var segment = Try(() => SharedSegment.Create(options.WorldSize, time));
        membership.SetKey(Place, Encoding.UTF8.GetBytes(segment?.Path ?? ""));
        return segment;
    }

    private static SharedSegment? Accept(ProcessGroupOptions options, GroupMembership membership)
    {
        var path = Encoding.UTF8.GetString(Wait(options, membership, Place));
        var segment = path.Length > 0 ? Try(() => SharedSegment.Open(path, options.WorldSize)) : null;
        membership.SetKey(Answer(options.Rank), [segment is null ? (byte)0 : (byte)1]);
        return segment;
    }

    private static string Answer(int rank) => $"{Place}/{rank}";

    private static byte[] Wait(ProcessGroupOptions options, GroupMembership membership, string key) =>
        membership.WaitForKey(key, options.Timeout) ?? throw membership.Verdict ?? new CollectiveException(
            CollectiveErrorCode.TimedOut,
            $"Process group '{options.GroupName}': rank {options.Rank} ({options.Peers[options.Rank]}) has waited {options.Timeout.TotalSeconds} s for the others to share memory with it; see their workers.");

    private static SharedSegment? Try(Func<SharedSegment> share)
    {
        if (!SharedSegment.IsSupported)
            return null;
        try
        {
            return share();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No room, another container, another user: the group goes on without shared memory.
            return null;
        }
    }
}
