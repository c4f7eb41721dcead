using Orchestrator.Collectives;

namespace Orchestrator.Training.Engine;

/// <summary>
/// Has all ranks of a group go on from one state. A rank may have taken an update whose all-reduce failed on another: then the one that is furthest
/// gives the others its state. It is never more than one update ahead, because each update needs all ranks.
/// </summary>
internal static class StateAgreement
{
    private const int Numbers = 4;

    /// <exception cref="CollectiveException">The group is broken, or no rank has a whole state.</exception>
    internal static void Run(TrainingState state, IProcessGroup group, CancellationToken abort)
    {
        var positions = Exchange(state, group, abort);
        var furthest = positions.Max();
        if (furthest.IsWhole == 0)
            throw new CollectiveException(CollectiveErrorCode.PeerLost, $"Process group '{group.Name}': no rank is left that has the whole state; the trial resumes from its checkpoint.");
        if (Array.TrueForAll(positions, position => position == furthest))
            return;
        if (positions[group.Rank] != furthest)
            state.Condition = StateCondition.Torn;
        StateBroadcast.Run(state, Array.IndexOf(positions, furthest), group, abort);
        state.Condition = StateCondition.Whole;
    }

    private static (double IsWhole, double Epoch, double BatchInEpoch, double Updates)[] Exchange(TrainingState state, IProcessGroup group, CancellationToken abort)
    {
        var numbers = GC.AllocateArray<double>(Numbers * group.WorldSize, pinned: true);
        if (state.Condition == StateCondition.Whole)
        {
            var own = numbers.AsSpan(Numbers * group.Rank, Numbers);
            (own[0], own[1], own[2], own[3]) = (1, state.Epoch, state.BatchInEpoch, state.UpdatesInStep);
        }

        if (group.WorldSize > 1)
            Waiting.For(group.AllReduceAsync(ReduceBuffer.From(numbers), ReduceOperation.Sum, abort));
        return [.. numbers.Chunk(Numbers).Select(n => (n[0], n[1], n[2], n[3]))];
    }
}
