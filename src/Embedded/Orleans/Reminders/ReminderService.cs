using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Orleans.Hosting;

namespace Orleans.Runtime;

/// <summary>Keeps the reminders of the silo: in the table, and as clocks that tick.</summary>
internal sealed class ReminderService(SiloRuntime silo, IReminderTable table, IOptions<ReminderOptions> options) : ISiloPart, IDisposable
{
    private readonly ConcurrentDictionary<(GrainId Grain, string Name), ReminderClock> _clocks = new();
    private readonly CancellationTokenSource _stopped = new();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.InitializationTimeout);
        await table.StartAsync(limit.Token);
        // From a bound to itself: the whole circle of hashes.
        var all = await table.ReadRows(0, 0).WaitAsync(limit.Token);
        foreach (var entry in all.Reminders) Begin(entry);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopped.CancelAsync();
        foreach (var clock in _clocks.Values) clock.Dispose();
        await table.StopAsync(cancellationToken);
    }

    public async Task<IGrainReminder> RegisterOrUpdateAsync(GrainId grainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        CheckTimes(reminderName, dueTime, period);
        var entry = new ReminderEntry
        {
            GrainId = grainId, ReminderName = reminderName, StartAt = silo.Time.GetUtcNow().UtcDateTime + dueTime, Period = period,
        };
        entry.ETag = await table.UpsertRow(entry);
        Begin(entry);
        return HandleOf(entry);
    }

    public async Task UnregisterAsync(IGrainReminder reminder)
    {
        var handle = reminder as ReminderHandle ?? throw new ArgumentException("The reminder is not from this reminder service.", nameof(reminder));
        if (!await table.RemoveRow(handle.GrainId, handle.ReminderName, handle.ETag))
            throw new ReminderException(
                $"Could not unregister reminder {handle.ReminderName} of {handle.GrainId}: it is gone or was changed since this handle was made. Get it again.");
        if (_clocks.TryRemove((handle.GrainId, handle.ReminderName), out var clock)) clock.Dispose();
    }

    public async Task<IGrainReminder?> GetAsync(GrainId grainId, string reminderName) =>
        await table.ReadRow(grainId, reminderName) is { } entry ? HandleOf(entry) : null;

    public async Task<List<IGrainReminder>> GetAllAsync(GrainId grainId) => [.. (await table.ReadRows(grainId)).Reminders.Select(HandleOf)];

    public void Dispose()
    {
        foreach (var clock in _clocks.Values) clock.Dispose();
        _stopped.Dispose();
    }

    private static ReminderHandle HandleOf(ReminderEntry entry) => new(entry.GrainId, entry.ReminderName, entry.ETag!);

    private void CheckTimes(string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        if (dueTime < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(dueTime), dueTime, $"Reminder {reminderName}: the due time cannot be negative or infinite.");
        var minimum = options.Value.MinimumReminderPeriod;
        if (period < minimum)
            throw new ArgumentException($"Reminder {reminderName}: the period {period} is less than the minimum of {minimum} (ReminderOptions).", nameof(period));
    }

    private void Begin(ReminderEntry entry)
    {
        var clock = new ReminderClock(entry, silo.Time, TickAsync);
        _clocks.AddOrUpdate((entry.GrainId, entry.ReminderName), clock, (_, old) =>
        {
            old.Dispose();
            return clock;
        });
    }

    private async Task TickAsync(ReminderEntry entry, TickStatus status)
    {
        if (_stopped.IsCancellationRequested) return;
        try
        {
            var grain = (IRemindable)(object)silo.References.Create(typeof(IRemindable), entry.GrainId);
            await grain.ReceiveReminder(entry.ReminderName, status);
        }
        catch (Exception exception)
        {
            silo.LogReminderFailed(entry.ReminderName, entry.GrainId, exception);
        }
    }
}
