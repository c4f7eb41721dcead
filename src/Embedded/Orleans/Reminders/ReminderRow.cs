namespace Orleans.Runtime;

/// <summary>A reminder in a grain storage.</summary>
internal sealed record ReminderRow(string GrainId, string Name, DateTime StartAt, TimeSpan Period, string ETag)
{
    public static ReminderRow From(ReminderEntry entry, string eTag) =>
        new(entry.GrainId.ToString(), entry.ReminderName, entry.StartAt, entry.Period, eTag);

    public ReminderEntry ToEntry() =>
        new() { GrainId = Runtime.GrainId.Parse(GrainId), ReminderName = Name, StartAt = StartAt, Period = Period, ETag = ETag };
}
