namespace Orleans.Hosting;

public sealed class ReminderOptions
{
    /// <value>The shortest period that a reminder may have. Default: 1 minute.</value>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <value>How long reading the table may take when the silo starts. Default: 5 minutes.</value>
    public TimeSpan InitializationTimeout { get; set; } = TimeSpan.FromMinutes(5);
}
