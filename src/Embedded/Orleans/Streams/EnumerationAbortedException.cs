namespace Orleans.Runtime;

/// <summary>The activation that produced the elements has gone in the middle.</summary>
public sealed class EnumerationAbortedException : Exception
{
    public EnumerationAbortedException() { }
    public EnumerationAbortedException(string message) : base(message) { }
    public EnumerationAbortedException(string message, Exception innerException) : base(message, innerException) { }
}
