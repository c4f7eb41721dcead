namespace Orleans.Runtime;

/// <summary>A reminder could not be changed.</summary>
public sealed class ReminderException : OrleansException
{
    public ReminderException(string message) : base(message) { }
}
