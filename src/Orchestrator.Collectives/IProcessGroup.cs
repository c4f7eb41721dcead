namespace Orchestrator.Collectives;

/// <summary>The ranks of one attempt, able to combine their buffers.</summary>
/// <remarks>
/// <para>Every rank issues the same calls, with the same counts and types, in the same order; a rank that differs ends the group
/// with <see cref="CollectiveErrorCode.Mismatch"/>. Calls may be issued before earlier ones have ended: they run in the order of issue.
/// One thread at a time may issue calls.</para>
/// <para>The memory of a buffer belongs to the group until the call's task has ended, successfully or not.
/// Each returned <see cref="ValueTask"/> must be awaited exactly once.</para>
/// <para>A group does not outlive a failure: a lost peer, a time-out, a cancelled call or a disposal on any rank ends every pending and every
/// later call on every rank with <see cref="CollectiveException"/>. A new generation needs a new group.</para>
/// </remarks>
public interface IProcessGroup : IAsyncDisposable, IDisposable
{
    /// <summary>The name that all ranks of the group share.</summary>
    string Name { get; }

    /// <summary>This process's place in the group, 0 to <see cref="WorldSize"/> - 1.</summary>
    int Rank { get; }

    /// <summary>How many ranks the group has.</summary>
    int WorldSize { get; }

    /// <summary>Combines the ranks' buffers element by element; each rank's buffer then holds the result, the same bits on every rank.</summary>
    /// <param name="buffer">Elements to combine, replaced by the result; the same count and type on every rank.</param>
    /// <param name="operation">How two elements are combined.</param>
    /// <param name="cancellationToken">Ends the whole group when cancelled while the call is pending.</param>
    /// <exception cref="CollectiveException">The group failed; the content of the buffer is undefined.</exception>
    ValueTask AllReduceAsync(ReduceBuffer buffer, ReduceOperation operation = ReduceOperation.Sum, CancellationToken cancellationToken = default);

    /// <summary>Copies the buffer of one rank into the buffer of every other.</summary>
    /// <param name="buffer">Source on <paramref name="root"/>, destination elsewhere; the same count and type on every rank.</param>
    /// <param name="root">The rank whose content all ranks get.</param>
    /// <param name="cancellationToken">Ends the whole group when cancelled while the call is pending.</param>
    /// <exception cref="CollectiveException">The group failed; the content of the buffer is undefined.</exception>
    ValueTask BroadcastAsync(ReduceBuffer buffer, int root, CancellationToken cancellationToken = default);

    /// <summary>Ends when every rank has called it.</summary>
    /// <param name="cancellationToken">Ends the whole group when cancelled while the call is pending.</param>
    /// <exception cref="CollectiveException">The group failed.</exception>
    ValueTask BarrierAsync(CancellationToken cancellationToken = default);
}
