using Orchestrator.Domain.Specs;

namespace Orchestrator.Specs.Keys;

/// <summary>The keys of a pool file.</summary>
internal static class PoolKeys
{
    private const int MostQueues = 1000;

    public static readonly NumberKey Cpu = new("cpu", "CPU devices.", 0);
    public static readonly NumberKey Cuda = new("cuda", "CUDA devices.", 0);

    public static readonly TextKey Name = new("name", "The queue's name, as sweeps say it.");
    public static readonly NumberKey Weight = new("weight", "Its part of the pool beside those of the others; 1 without it.", 0);
    public static readonly IntegerKey Class = new("class", "Queues of a higher class go first and take slots from lower ones; 0 without it.", -100, 100);
    public static readonly SectionKey Quota = new("quota", "The most devices that its trials may have at once; no bound without it.", new("Quota", Cpu, Cuda));

    public static readonly NumberKey DeviceHours = new("device_hours", "Hours times devices of all kinds.", 0);
    public static readonly ChoiceKey<BudgetPeriod> Every = new("every", "When it is renewed, at midnight UTC: every day, every Monday (week), or on the first of every month; never without it.",
        ("day", BudgetPeriod.Day), ("week", BudgetPeriod.Week), ("month", BudgetPeriod.Month));
    public static readonly SectionKey Budget = new("budget", "What its trials may use; no bound without it.", new("Team budget", DeviceHours, Every));

    public static readonly SectionListKey Queues = new("queues", "The teams' queues; without it, every queue that a sweep names exists.", new("Queue", Name, Weight, Class, Quota, Budget), MostQueues);

    public static readonly SectionKey Capacity = new("capacity", "How many devices there can ever be: a bigger trial fails at once.", new("Capacity", Cpu, Cuda));
    public static readonly ChoiceKey<bool> Preemption = new("preemption", "Whether attempts are ended at a checkpoint for those that have more right to their devices; on without it.", ("on", true), ("off", false));

    public static readonly KeyTable Root = new("Pool", Queues, Capacity, Preemption);
}
