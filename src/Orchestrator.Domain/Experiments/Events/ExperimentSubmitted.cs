using Orchestrator.Domain.Specs;

namespace Orchestrator.Domain.Experiments;

/// <summary>A sweep was submitted. Always the first event.</summary>
/// <param name="At">When.</param>
/// <param name="Spec">What the user declared.</param>
/// <param name="Source">The sweep file's text.</param>
public sealed record ExperimentSubmitted(DateTimeOffset At, ExperimentSpec Spec, string Source) : ExperimentEvent(At)
{
    /// <summary>The W3C <c>traceparent</c> of the submission, which what follows goes on with; null: it was not traced.</summary>
    public string? Trace { get; init; }
}
