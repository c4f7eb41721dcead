namespace Orleans.Runtime;

/// <summary>The rows of one bucket of <see cref="GrainStorageReminderTable"/>.</summary>
internal sealed class ReminderRows
{
    public List<ReminderRow> Rows { get; set; } = [];
}
