using Orchestrator.Domain.Experiments;

namespace Orchestrator.Grains.Experiments;

public sealed partial class ExperimentGrain : IRemindable
{
    private const string StayAwake = "stay-awake";

    /// <summary>The shortest period that reminders may have.</summary>
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Wakes a running experiment on another silo when this one died: activation does all there is to do. The reminder of one that ended is taken back.
    /// </summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (_experiment is { Status: ExperimentStatus.Running }) return;
        if (await this.GetReminder(StayAwake) is { } reminder) await this.UnregisterReminder(reminder);
    }
}
