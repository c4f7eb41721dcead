namespace Orchestrator.Collectives;

/// <summary>The one failure of process groups; the group that threw it is finished.</summary>
public sealed class CollectiveException : Exception
{
    /// <summary>Initializes a failure.</summary>
    /// <param name="code">Why the group failed.</param>
    /// <param name="message">What was wrong, with which rank and endpoint, and what to do.</param>
    /// <param name="innerException">What the transport reported.</param>
    public CollectiveException(CollectiveErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>Why the group failed.</summary>
    public CollectiveErrorCode Code { get; }
}
