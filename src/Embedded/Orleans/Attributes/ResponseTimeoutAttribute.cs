namespace Orleans;

/// <summary>Replaces the default response time-out of a method, or of every method of an interface.</summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Property)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    public TimeSpan? Timeout { get; } = TimeSpan.Parse(timeout);
}
