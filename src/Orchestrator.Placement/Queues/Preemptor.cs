namespace Orchestrator.Placement;

/// <summary>
/// Chooses attempts that end at a checkpoint for a gang with more right to their slots: less priority in the same queue, a queue of a lower
/// class, or a queue that keeps, without the attempt, a weighted dominant share at least as big as the one that gets the gang (so that what
/// was taken is never taken back). None is chosen unless all that are chosen make room for the whole gang.
/// </summary>
internal sealed class Preemptor(PoolSettings settings, ClusterMap map, QueueBook book)
{
    /// <summary>How long a gang that could not be helped is left alone.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    /// <summary>Makes room for a reservation. <paramref name="wait"/> is told of each device that is being cleared, and of all of them.</summary>
    public void Clear(Reservation reservation, Action<Reservation, Device, IReadOnlySet<Device>> wait, DateTimeOffset now)
    {
        var claimant = reservation.Claimant;
        if (!settings.Preemption || claimant.Preempting.Count > 0 || now < reservation.NextPreemption) return;
        reservation.NextPreemption = now + LookAgain;
        var missing = reservation.Demand.WorldSize - reservation.Ready.Count;
        var clearing = new Clearing(reservation);
        List<GangRun> victims = [];
        foreach (var run in Candidates(claimant, now))
        {
            if (clearing.Cleared.Count >= missing) break;
            if (clearing.Add(run)) victims.Add(run);
        }
        if (clearing.Cleared.Count < missing) return;
        foreach (var run in victims) SlotTable.Preempt(run, claimant);
        foreach (var device in clearing.Cleared.Take(missing)) wait(reservation, device, clearing.Cleared);
    }

    /// <summary>Makes room under the quota of a queue, from what has less priority there.</summary>
    public void MakeRoom(Claimant claimant)
    {
        var (queue, demand) = (claimant.Queue!, claimant.Demand!);
        if (!settings.Preemption || claimant.Preempting.Count > 0) return;
        var kind = (int)demand.Device;
        var missing = queue.Taken[kind] - queue.Leaving[kind] + demand.Units - queue.Quota(demand.Device);
        List<GangRun> victims = [];
        foreach (var run in queue.Runs)
        {
            if (missing <= 0 || run.Priority >= demand.Priority) break;
            if (run.Kind != kind || run.PreemptedFor is not null) continue;
            victims.Add(run);
            missing -= run.Units;
        }
        if (missing > 0) return;
        foreach (var run in victims) SlotTable.Preempt(run, claimant);
    }

    private IEnumerable<GangRun> Candidates(Claimant claimant, DateTimeOffset now)
    {
        var (own, demand) = (claimant.Queue!, claimant.Demand!);
        var kind = (int)demand.Device;
        foreach (var run in own.Runs)
        {
            if (run.Priority >= demand.Priority) break;
            if (run.Kind == kind && run.PreemptedFor is null) yield return run;
        }
        foreach (var queue in book.All.Where(q => q.Settings.Class < own.Settings.Class).OrderBy(q => q.Settings.Class).ThenBy(q => q.Settings.Name, StringComparer.Ordinal))
        {
            foreach (var run in queue.Runs)
            {
                if (run.Kind == kind && run.PreemptedFor is null) yield return run;
            }
        }
        foreach (var run in OverShare(own, demand, now)) yield return run;
    }

    private IEnumerable<GangRun> OverShare(TeamQueue own, Demand demand, DateTimeOffset now)
    {
        var (totals, kind) = (map.Totals, (int)demand.Device);
        var share = own.Share(totals, kind, demand.Units, demand.TotalMemory);
        var richer = book.All.Where(q => q != own && q.Settings.Class == own.Settings.Class)
            .Select(q => (Queue: q, Share: q.Share(totals, kind, -q.Leaving[kind], -q.LeavingMemory)))
            .Where(q => q.Share > share)
            .OrderByDescending(q => q.Share).ThenBy(q => q.Queue.Settings.Name, StringComparer.Ordinal);
        foreach (var (queue, _) in richer)
        {
            var (lost, lostMemory) = (queue.Leaving[kind], queue.LeavingMemory);
            foreach (var run in queue.Runs)
            {
                if (run.Kind != kind || run.PreemptedFor is not null || now - run.StartedAt < settings.MinimumRun) continue;
                if (queue.Share(totals, kind, -(lost + run.Units), -(lostMemory + run.Memory)) < share) continue;
                lost += run.Units;
                lostMemory += run.Memory;
                yield return run;
            }
        }
    }
}
