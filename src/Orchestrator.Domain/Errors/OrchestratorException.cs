namespace Orchestrator.Domain.Errors;

/// <summary>The root of every error that this product raises on purpose: a stable code and a message that says what was wrong, where, and what to do.</summary>
public class OrchestratorException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="code">A stable, lower-case, dotted code, such as <c>journal.conflict</c>.</param>
    /// <param name="message">What was wrong, where, and what to do.</param>
    /// <param name="inner">The cause, if another exception is.</param>
    public OrchestratorException(string code, string message, Exception? inner = null) : base(message, inner) => Code = code;

    /// <summary>A stable code for machines; never reused for another meaning.</summary>
    public string Code { get; }
}
