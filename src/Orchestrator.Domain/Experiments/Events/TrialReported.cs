namespace Orchestrator.Domain.Experiments;

/// <summary>A trial reported at a scheduler step.</summary>
/// <param name="At">When.</param>
/// <param name="Trial">The trial.</param>
/// <param name="Attempt">The attempt that reported.</param>
/// <param name="Sequence">The report's number within its attempt, ascending.</param>
/// <param name="Epoch">Epochs ended.</param>
/// <param name="Step">Optimizer steps taken.</param>
/// <param name="Metrics">What was measured.</param>
/// <param name="Findings">What is wrong with the training, each with its evidence; null: nothing new.</param>
public sealed record TrialReported(
    DateTimeOffset At, int Trial, int Attempt, long Sequence, int Epoch, long Step, IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<string>? Findings = null)
    : ExperimentEvent(At);
