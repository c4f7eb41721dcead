namespace Orchestrator.TestKit.S3;

/// <summary>How a request goes wrong.</summary>
public enum S3FaultKind
{
    /// <summary>It gets another answer.</summary>
    Answer,

    /// <summary>The connection breaks before an answer.</summary>
    Drop,

    /// <summary>The connection breaks in the answer to a GET.</summary>
    Truncate,
}
