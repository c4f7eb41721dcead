using Orchestrator.Domain.Identity;

namespace Orchestrator.Placement;

/// <summary>An attempt that has slots: which, since when, and until when as far as can be told.</summary>
/// <param name="number">Counts the runs of a pool.</param>
/// <param name="attempt">The attempt.</param>
/// <param name="claimant">Whose it is.</param>
/// <param name="kind">What its slots are made of.</param>
/// <param name="startedAt">When it got its slots, or was first seen.</param>
/// <param name="isWatched">Whether this pool placed it, and so knows when it began.</param>
internal sealed class GangRun(long number, AttemptId attempt, Claimant claimant, int kind, DateTimeOffset startedAt, bool isWatched)
{
    public static readonly Comparer<GangRun> BySoonestEnd = Comparer<GangRun>.Create((x, y) =>
        x.ExpectedEnd != y.ExpectedEnd ? x.ExpectedEnd.CompareTo(y.ExpectedEnd) : x.Number.CompareTo(y.Number));

    /// <summary>The order in which attempts are ended for others: the least priority first, and of those the one that loses the least work.</summary>
    public static readonly Comparer<GangRun> ByLeastRight = Comparer<GangRun>.Create((x, y) =>
        x.Priority != y.Priority ? x.Priority.CompareTo(y.Priority)
        : x.StartedAt != y.StartedAt ? y.StartedAt.CompareTo(x.StartedAt)
        : y.Number.CompareTo(x.Number));

    public long Number { get; } = number;

    public AttemptId Attempt { get; } = attempt;

    public Claimant Claimant { get; } = claimant;

    public int Kind { get; } = kind;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public bool IsWatched { get; } = isWatched;

    /// <summary>When it is expected to end: never, where nothing is known of its experiment's attempts. Fixed while it is in an index.</summary>
    public DateTimeOffset ExpectedEnd { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>The priority that it runs with. Fixed while it is in an index.</summary>
    public int Priority { get; set; }

    /// <summary>Its slots that have not been released.</summary>
    public List<Slot> Slots { get; } = [];

    /// <summary>For whom it is asked to end at its next checkpoint, or null.</summary>
    public Claimant? PreemptedFor { get; set; }

    /// <summary>In which queue it is counted, or null where its experiment has not said yet.</summary>
    public TeamQueue? Queue { get; set; }

    /// <summary>What it takes, in thousandths of a device.</summary>
    public long Units { get; set; }

    /// <summary>What it takes of hosts' memory, in megabytes.</summary>
    public long Memory { get; set; }
}
