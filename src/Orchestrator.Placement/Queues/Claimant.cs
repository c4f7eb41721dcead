using Orchestrator.Domain.Identity;

namespace Orchestrator.Placement;

/// <summary>An experiment at the pool: what it wants, what it has, and where it stands.</summary>
internal sealed class Claimant(ExperimentId experiment)
{
    /// <summary>
    /// The order in a queue: who has waited longest, where each step of priority counts as a time of waiting. It does not change with time, so
    /// it can be the key of an index.
    /// </summary>
    public static readonly Comparer<Claimant> ByTurn = Comparer<Claimant>.Create((x, y) =>
        x.Turn != y.Turn ? x.Turn.CompareTo(y.Turn) : x.TurnNumber.CompareTo(y.TurnNumber));

    public ExperimentId Experiment { get; } = experiment;

    /// <summary>What it last said; null before it did (its attempts were seen first, after a restart).</summary>
    public Demand? Demand { get; set; }

    /// <summary>Its queue; null before it named one.</summary>
    public TeamQueue? Queue { get; set; }

    /// <summary>Since when it waits for its next gang.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>Its place in the order of its queue. Fixed while it is in that index.</summary>
    public long Turn { get; set; }

    /// <summary>Its place among those with the same <see cref="Turn"/>.</summary>
    public long TurnNumber { get; set; }

    public bool IsWaiting { get; set; }

    /// <summary>What is kept for it, or null.</summary>
    public Reservation? Reservation { get; set; }

    /// <summary>Its attempts that have slots.</summary>
    public Dictionary<AttemptId, GangRun> Runs { get; } = [];

    /// <summary>Gangs that it has been offered and has not answered for.</summary>
    public int Offered { get; set; }

    /// <summary>Attempts, mostly of others, that are to end for it.</summary>
    public HashSet<GangRun> Preempting { get; } = [];

    /// <summary>Its attempts that are to end for others.</summary>
    public HashSet<GangRun> ToEnd { get; } = [];

    /// <summary>Of the attempts that have ended.</summary>
    public long EndedRuns { get; set; }

    /// <summary>How long those had their slots, on average.</summary>
    public TimeSpan MeanRun { get; set; }

    /// <summary>Since when it is known to want and have nothing, or was when it was last looked at.</summary>
    public DateTimeOffset? RestsSince { get; set; }

    public bool IsAtRest => !IsWaiting && Runs.Count == 0 && Offered == 0;

    public void Ended(TimeSpan run)
    {
        EndedRuns++;
        MeanRun += (run - MeanRun) / EndedRuns;
    }
}
