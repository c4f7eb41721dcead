namespace Orleans.Runtime;

/// <summary>The silo is not started, or it has stopped.</summary>
public class SiloUnavailableException : OrleansMessageRejectionException
{
    public SiloUnavailableException() : base("The silo is not available.") { }
    public SiloUnavailableException(string msg) : base(msg) { }
    public SiloUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
