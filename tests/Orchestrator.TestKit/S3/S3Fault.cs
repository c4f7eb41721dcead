namespace Orchestrator.TestKit.S3;

/// <summary>What goes wrong with a request.</summary>
/// <param name="Kind">How.</param>
/// <param name="Bytes">The bytes of the body that come before the connection breaks.</param>
/// <param name="Answer">The answer that is given instead.</param>
public sealed record S3Fault(S3FaultKind Kind, int Bytes = 0, S3Answer? Answer = null)
{
    /// <summary>Too many requests.</summary>
    public static S3Fault SlowDown { get; } = OfError(503, "SlowDown", "Please reduce your request rate");

    /// <summary>Not allowed.</summary>
    public static S3Fault Denied { get; } = OfError(403, "AccessDenied", "Access Denied");

    /// <summary>The connection breaks.</summary>
    public static S3Fault Drop { get; } = new(S3FaultKind.Drop);

    /// <summary>The connection breaks in the body of the answer.</summary>
    public static S3Fault Truncate(int bytes) => new(S3FaultKind.Truncate, bytes);

    private static S3Fault OfError(int status, string code, string message) => new(S3FaultKind.Answer, Answer: S3Answer.Error(status, code, message));
}
