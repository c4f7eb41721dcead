using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>A team's queue: who waits in it, in which order, and what it has.</summary>
internal sealed class TeamQueue(QueueSpec settings)
{
    public QueueSpec Settings { get; } = settings;

    /// <summary>What its trials have used of its budget; null where it has none.</summary>
    public Account? Account { get; } = settings.Budget is { } budget ? new Account(budget) : null;

    /// <summary>Those that want gangs, the next one first.</summary>
    public SortedSet<Claimant> Waiting { get; } = new(Claimant.ByTurn);

    /// <summary>Its attempts, the one with the least right to its slots first.</summary>
    public SortedSet<GangRun> Runs { get; } = new(GangRun.ByLeastRight);

    /// <summary>What its gangs take, in thousandths of a device, by kind.</summary>
    public long[] Taken { get; } = new long[Place.Kinds];

    /// <summary>What of that belongs to attempts that are about to end for others.</summary>
    public long[] Leaving { get; } = new long[Place.Kinds];

    /// <summary>What its gangs take of hosts' memory, in megabytes.</summary>
    public long Memory { get; private set; }

    /// <summary>What of that belongs to attempts that are about to end for others.</summary>
    public long LeavingMemory { get; private set; }

    /// <summary>Its weighted dominant share, added up over the seconds that are past. Only differences between queues mean something.</summary>
    public double Past { get; set; }

    /// <summary>When someone last waited in it.</summary>
    public DateTimeOffset LastWaited { get; set; } = DateTimeOffset.MinValue;

    /// <summary>Whether its budget was spent when it was last looked at.</summary>
    public bool WasSpent { get; set; }

    /// <summary>Whether its budget is spent: until there is more of it, its attempts end at a checkpoint and nobody in it is served.</summary>
    public bool IsSpent(DateTimeOffset now) => Account is { } account && account.IsSpent(now);

    /// <summary>What it may use and has used; null where it may use what it likes.</summary>
    public BudgetUse? BudgetUse(DateTimeOffset now) => Account is { } account ? new BudgetUse(Settings.Budget!, account.Used(now), account.Renews(now)) : null;

    /// <summary>The most it may take of a kind, in thousandths of a device.</summary>
    public long Quota(DeviceKind kind) =>
        Settings.Quota.TryGetValue(kind, out var devices) ? (long)Math.Round(devices * Device.Whole) : long.MaxValue;

    /// <summary>It gets something; less than 0: it loses that.</summary>
    public void Take(int kind, long units, long memory)
    {
        Taken[kind] += units;
        Memory += memory;
    }

    /// <summary>An attempt is to end for others; less than 0: it need not, or has.</summary>
    public void Leave(int kind, long units, long memory)
    {
        Leaving[kind] += units;
        LeavingMemory += memory;
    }

    /// <summary>
    /// The dominant share, over the weight: the largest part that the queue has of any kind of device, or of the hosts' memory.
    /// Ghodsi et al., Dominant Resource Fairness: Fair Allocation of Multiple Resource Types, NSDI 2011.
    /// </summary>
    /// <param name="totals">What the pool has.</param>
    /// <param name="kind">A kind of which it gets more.</param>
    /// <param name="more">How much more, in thousandths; less than 0: it loses that.</param>
    /// <param name="moreMemory">How much more memory, in megabytes; likewise.</param>
    public double Share(Totals totals, int kind = 0, long more = 0, long moreMemory = 0)
    {
        var share = Part(Memory + moreMemory, totals.Memory);
        for (var k = 0; k < totals.Devices.Length; k++) share = Math.Max(share, Part(Taken[k] + (k == kind ? more : 0), (long)totals.Devices[k] * Device.Whole));
        return share / Settings.Weight;
    }

    private static double Part(long taken, long total) => taken <= 0 ? 0 : total == 0 ? 1 : taken / (double)total;
}
