namespace Orchestrator.Domain.Identity;

/// <summary>Names one run of a trial. The attempt number is the fencing token: whoever holds a lower one than the newest is refused.</summary>
/// <param name="Trial">The trial that runs.</param>
/// <param name="Number">Counts from 1.</param>
public readonly record struct AttemptId(TrialId Trial, int Number)
{
    /// <summary>Gives <c>EXPERIMENT/TRIAL/ATTEMPT</c>.</summary>
    public override string ToString() => $"{Trial}/{Number}";
}
