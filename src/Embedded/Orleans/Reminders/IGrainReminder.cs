namespace Orleans.Runtime;

/// <summary>A handle on a reminder.</summary>
public interface IGrainReminder
{
    string ReminderName { get; }
}
