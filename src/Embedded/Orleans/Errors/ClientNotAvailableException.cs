namespace Orleans.Runtime;

/// <summary>The observer that was called has been deleted or collected.</summary>
public class ClientNotAvailableException : OrleansException
{
    internal ClientNotAvailableException(GrainId clientId) : base($"No activation for client {clientId}") { }
}
