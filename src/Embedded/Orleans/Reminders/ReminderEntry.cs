using Orleans.Runtime;

namespace Orleans;

/// <summary>A reminder as it is stored.</summary>
public class ReminderEntry
{
    public GrainId GrainId { get; set; }
    public string ReminderName { get; set; } = "";

    /// <value>When it first ticks, UTC.</value>
    public DateTime StartAt { get; set; }

    public TimeSpan Period { get; set; }

    /// <value>The version that was last read or written.</value>
    public string? ETag { get; set; }

    public override string ToString() => $"<GrainId={GrainId} ReminderName={ReminderName} Period={Period}>";
}
