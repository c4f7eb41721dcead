namespace Orleans.Runtime;

/// <summary>A call was refused before the grain saw it.</summary>
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message) : base(message) { }
    internal OrleansMessageRejectionException(string message, Exception innerException) : base(message, innerException) { }
}
