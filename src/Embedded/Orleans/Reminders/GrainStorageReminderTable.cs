using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>
/// Keeps reminders in a grain storage, so that they last as long as the states of grains do. The rows lie in a fixed number of records, by the
/// hash of the grain, so that to write one costs a fraction of the table.
/// </summary>
internal sealed class GrainStorageReminderTable(IGrainStorage storage) : IReminderTable, IDisposable
{
    private const int Buckets = 64;
    private const string StateName = "reminders";
    private readonly SemaphoreSlim _gate = new(1, 1);

    public Task<ReminderTableData> ReadRows(GrainId grainId) => LockedAsync(async () =>
    {
        var bucket = await ReadAsync(BucketOf(grainId));
        return new ReminderTableData(bucket.State.Rows.Select(r => r.ToEntry()).Where(r => r.GrainId == grainId));
    });

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => LockedAsync(async () =>
    {
        var entries = new List<ReminderEntry>();
        for (var i = 0; i < Buckets; i++) entries.AddRange((await ReadAsync(i)).State.Rows.Select(r => r.ToEntry()));
        return new ReminderTableData(entries.Where(e => IsInRange(e.GrainId.GetUniformHashCode(), begin, end)));
    });

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        (await ReadRows(grainId)).Reminders.FirstOrDefault(r => r.ReminderName == reminderName);

    public Task<string> UpsertRow(ReminderEntry entry) => LockedAsync(async () =>
    {
        var row = ReminderRow.From(entry, Guid.NewGuid().ToString("N"));
        var bucket = await ReadAsync(BucketOf(entry.GrainId));
        bucket.State.Rows.RemoveAll(r => r.GrainId == row.GrainId && r.Name == row.Name);
        bucket.State.Rows.Add(row);
        await WriteAsync(BucketOf(entry.GrainId), bucket);
        return row.ETag;
    });

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => LockedAsync(async () =>
    {
        var bucket = await ReadAsync(BucketOf(grainId));
        var grain = grainId.ToString();
        if (bucket.State.Rows.RemoveAll(r => r.GrainId == grain && r.Name == reminderName && r.ETag == eTag) == 0) return false;
        await WriteAsync(BucketOf(grainId), bucket);
        return true;
    });

    public Task TestOnlyClearTable() => LockedAsync(async () =>
    {
        for (var i = 0; i < Buckets; i++)
        {
            var bucket = await ReadAsync(i);
            if (bucket.RecordExists) await storage.ClearStateAsync(StateName, RecordId(i), bucket);
        }
        return true;
    });

    public void Dispose() => _gate.Dispose();

    private static int BucketOf(GrainId grainId) => (int)(grainId.GetUniformHashCode() % Buckets);

    private static GrainId RecordId(int bucket) => GrainId.Create("sys.reminders", bucket.ToString());

    private static bool IsInRange(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private async Task<GrainState<ReminderRows>> ReadAsync(int bucket)
    {
        var state = new GrainState<ReminderRows>(new ReminderRows());
        await storage.ReadStateAsync(StateName, RecordId(bucket), state);
        state.State ??= new ReminderRows();
        return state;
    }

    private Task WriteAsync(int bucket, GrainState<ReminderRows> state) => storage.WriteStateAsync(StateName, RecordId(bucket), state);

    // A record is read, changed and written: two changes at once would lose one.
    private async Task<T> LockedAsync<T>(Func<Task<T>> action)
    {
        await _gate.WaitAsync();
        try
        {
            return await action();
        }
        finally
        {
            _gate.Release();
        }
    }
}
