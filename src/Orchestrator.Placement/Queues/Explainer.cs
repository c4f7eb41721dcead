using System.Globalization;

namespace Orchestrator.Placement;

/// <summary>Says where a claimant stands and what it waits for.</summary>
internal sealed class Explainer(ClusterMap map, ReservationBook reservations, FitCheck fits)
{
    /// <summary>Null where it waits for nothing. O(n) in the experiments of its queue before it.</summary>
    public Waiting? Explain(Claimant claimant, DateTimeOffset now)
    {
        if (!claimant.IsWaiting || claimant.Demand is not { } demand) return null;
        if (fits.Never(demand, now) is { } never) return new Waiting(demand.Queue, 0, 0, claimant.Since, WaitCause.Never, never);
        var (position, length) = Position(claimant);
        var (cause, text) = Cause(claimant, demand, now);
        var since = claimant.Since.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new Waiting(demand.Queue, position, length, claimant.Since, cause, $"Position {position} of {length} in queue '{demand.Queue}' since {since}: {text}.");
    }

    private static (int Position, int Length) Position(Claimant claimant)
    {
        var position = 0;
        foreach (var each in claimant.Queue!.Waiting)
        {
            position++;
            if (each == claimant) break;
        }
        return (position, claimant.Queue.Waiting.Count);
    }

    private (WaitCause Cause, string Text) Cause(Claimant claimant, Demand demand, DateTimeOffset now)
    {
        var (kind, needs) = ((int)demand.Device, FitCheck.Needs(demand));
        var (free, total) = (map.Root.Free[kind], map.Root.Total[kind]);
        var queue = claimant.Queue!;
        if (queue.IsSpent(now)) return (WaitCause.Budget, $"the queue {queue.BudgetUse(now)}");
        if (queue.Quota(demand.Device) is var quota && queue.Taken[kind] + demand.Units > quota)
            return (WaitCause.Quota, FormattableString.Invariant($"needs {needs}; the queue has {Whole(queue.Taken[kind])} of its quota of {Whole(quota)}"));
        if (total < demand.WorldSize) return (WaitCause.Workers, $"needs {needs}; the pool has {total}, so it waits for workers");
        if (demand.Memory > 0 && map.Room(demand, pool => pool.Capacity) is var room && room < demand.WorldSize)
            return (WaitCause.Workers, $"needs {needs}; the pool has memory for {room}, so it waits for workers");
        if (claimant.Reservation is { } lacking && demand.Memory > 0 && lacking.Awaited.TrueForAll(d => d.Fits(demand.Share)))
            return (WaitCause.Memory, $"needs {needs}; {lacking.Ready.Count} of {demand.WorldSize} are set aside for it, and the hosts of the others have too little memory free{Ending(claimant)}");
        if (claimant.Reservation is { } reservation)
            return (WaitCause.Devices, $"needs {needs}; {reservation.Ready.Count} of {demand.WorldSize} are set aside for it{Ending(claimant)}");
        if (demand.Share == Device.Whole && free < demand.WorldSize)
            return (WaitCause.Devices, $"needs {needs}; {free} of {total} are free{Kept(kind)}");
        if (demand.Memory > 0 && map.Find(demand with { Require = null }) is null)
            return (WaitCause.Memory, $"needs {needs}; {free} of {total} are free, but their hosts have not as much memory free");
        if (demand.Require is { } level && map.MostFree(level, demand.Device) is var near && near < demand.WorldSize)
            return (WaitCause.Topology, $"needs {needs} of one {FitCheck.LevelName(level)}; {free} of {total} are free, but at most {near} of one {FitCheck.LevelName(level)}");
        return demand.Share < Device.Whole && free == 0
            ? (WaitCause.Devices, $"needs {needs}; none of {total} has that much free")
            : (WaitCause.Turn, $"needs {needs}; {free} of {total} are free, and it is not its turn yet");
    }

    private string Kept(int kind) => reservations.Of(kind) is { Ready.Count: > 0 } other
        ? $", {other.Ready.Count} are set aside for {other.Claimant.Experiment}"
        : "";

    private static string Ending(Claimant claimant) => claimant.Preempting.Count switch
    {
        0 => "",
        1 => ", 1 attempt ends for it at its checkpoint",
        var count => $", {count} attempts end for it at their checkpoints",
    };

    private static double Whole(long units) => units / (double)Device.Whole;
}
